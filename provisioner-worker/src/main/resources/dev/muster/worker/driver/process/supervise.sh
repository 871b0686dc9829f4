#!/bin/sh
# supervise.sh FOLDER RUN LOG NAMESPACES: starts a run of an instance once, and leaves its exit
# status behind. NAMESPACES says which the instance has: none, mount or user; see Namespaces.
#
# Claiming the run is mkdir, so of two supervisors of one run only one goes on. Files of the run have
# relative names, because the mounts of the instance hide its folder.
folder=$1
run=$1/runs/$2

# Says who this process is, or the process $1: "pid start-time boot-id".
identify() {
  read -r stat <"/proc/${1:-self}/stat" && read -r boot </proc/sys/kernel/random/boot_id || return
  set -- "${stat%% *}" 2 ${stat##*) }
  identity="$1 ${22} $boot"
}

# Leaves that in the file $1, whole or not at all.
leave() {
  echo "$identity" >"$1.tmp" && mv "$1.tmp" "$1"
}

# Mounts what the instance sees. Its own folder comes last, by a name that is hidden by then.
mount_all() (
  umask 022
  mount --all --fstab "$run.mounts" &&
    mount --no-canonicalize --bind -o X-mount.mkdir ../../work "$folder/work"
)

# Leaves nothing to write outside of the instance's own folders: to the kernel, it is the user that
# the platform is. What a mount hides cannot be found, and needs nothing.
protect() {
  while read -r _ _ _ _ point options rest; do
    rest=${rest#*- }
    case "${rest%% *} $options $point" in
      proc\ * | sysfs\ * | devtmpfs\ * | devpts\ * | mqueue\ * | autofs\ *) continue ;;
      cgroup\ * | securityfs\ * | debugfs\ * | tracefs\ * | bpf\ * | pstore\ *) continue ;;
      *\ ro,* | *\ /tmp | *\ /var/tmp | *\ /dev/shm) continue ;;
    esac
    point=$(printf "$point")
    [ "$point" = "$folder/work" ] || [ ! -e "$point" ] || mount -o remount,bind,ro "$point" || return
  done </proc/self/mountinfo
}

# Becomes the command of run $1.
become() {
  identify && leave pid && . "../$1.join.sh" && exec >&3 2>&1 3>&- && . "../$1.sh"
}

# Copies what comes to the log, until nobody is left who could print. What a full disk does not
# take is lost, and nobody is held up by it for long. It does not carry the id, being the host's.
collect() {
  trap '' HUP INT TERM
  exec <&5 >&4 3>&- 4>&- 5<&- env -u MUSTER_INSTANCE_ID sh -c 'until cat; do sleep 1; done'
}

# Waits for a child, also when signals come meanwhile.
await() {
  while :; do
    wait "$1"
    status=$?
    [ "$status" -gt 128 ] && kill -0 "$1" || break
  done
}

if [ "$5" = init ]; then
  # Pid 1 of the instance's namespace. With its end, the kernel ends what is left there. When it is
  # told to end it tells the command, and waits for the others, which are told later.
  trap asked=1 TERM
  identify && mount_all && leave pid && protect || exit 126
  (. "../$2.sh") >&3 2>&1 3>&- 4>&- &
  main=$!
  trap 'asked=1; kill -TERM "$main"' TERM
  [ -z "$asked" ] || kill -TERM "$main"
  exec 3>&-
  await "$main"
  jobs >&4
  while [ -n "$asked" ] && kill -s 0 -- -1; do sleep 0.05; done
  exit "$status"
fi

if [ "$5" = fork ]; then
  # The first child of who has made the namespace is in it. It must not outlive this process.
  trap : HUP INT TERM
  setpriv --pdeathsig=KILL sh "$0" "$1" "$2" "$3" "$4" init
  exit
fi

mkdir "$run" 2>/dev/null || exit 0
cd "$run" || exit 1
trap : HUP INT TERM
exec </dev/null >/dev/null 2>&1
identify && leave supervisor || exit 1

# What it prints goes through a pipe: of a file, whoever opens /dev/stderr anew would wipe out what
# is there. Its user may open it to write. The log is opened before the mounts hide it. Who collects
# is no job of this shell, see below.
mkfifo -m 622 pipe && exec 4<>pipe 3>pipe 5<pipe 4>>"$3" || exit 1
(
  collect &
  identify $! && leave collector
) || exit 1
exec 4>&- 5<&-

case $4 in
  user)
    (
      . "../$2.join.sh"
      exec 4>ended unshare --user --map-root-user --mount --pid --ipc sh "$0" "$@" fork
    ) &
    ;;
  mount) mount_all && become "$2" & ;;
  none) become "$2" & ;;
esac
exec 3>&-
await $!
# A status over 128 says of itself neither that it was a signal nor that it was none; its job does.
[ "$4" = user ] || jobs >ended
read -r ended <ended
case $ended in
  *Done* | *Exit*) how=exit ;;
  ?*) how=signal ;;
  *) how=unknown ;;
esac
# Where the disk is full, there may be room soon.
tries=0
until echo "$status $how" >exit.tmp && mv exit.tmp exit; do
  [ "$((tries += 1))" -lt 60 ] && sleep 1 || break
done
