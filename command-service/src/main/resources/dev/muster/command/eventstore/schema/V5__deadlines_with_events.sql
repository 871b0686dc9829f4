-- Deadlines are written with the events. What their reader had not come to is made up for here.
create temporary table unread on commit drop as
  select type, instance_id, convert_from(data, 'UTF8')::json as data from event
  where position >= coalesce((select next from reader_position where name = 'deadline-keeper'), 0)
    and type in ('CreationRequested', 'PauseRequested', 'ResumeRequested', 'RestartRequested',
                 'DeletionRequested', 'InstanceStarted', 'InstancePaused', 'InstanceResumed',
                 'InstanceRestarted', 'InstanceTerminated', 'OperationFailed');

insert into operation_deadline (operation_id, instance_id, deadline)
  select data ->> 'operation_id', instance_id, (data ->> 'deadline')::timestamptz from unread
  where type like '%Requested'
  on conflict do nothing;

delete from operation_deadline
  where operation_id in (select data ->> 'operation_id' from unread where type not like '%Requested');

delete from reader_position where name = 'deadline-keeper';
