#!/bin/sh
# supervise.sh FOLDER RUN LOG NAMESPACES: starts a run of an instance once, and leaves its exit
# status behind. NAMESPACES says which the instance has: none, mount or user; see Namespaces.
#
# Claiming the run is mkdir, so of two supervisors of one run only one goes on. Files of the run have
# relative names, because the mounts of the instance hide its folder.
folder=$1
run=$1/runs/$2

# Says who this process is: "pid start-time boot-id".
identify() {
  read -r stat </proc/self/stat && read -r boot </proc/sys/kernel/random/boot_id || return
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
become() (
  identify && leave pid && . "../$1.join.sh" && . "../$1.sh"
) >&3 2>&1 3>&-

if [ "$5" = init ]; then
  # Pid 1 of the instance's namespace. With its end, the kernel ends what is left there. When it is
  # told to end it tells the command, and waits for the others, which are told later.
  trap asked=1 TERM
  identify && mount_all && leave pid && protect || exit 126
  (. "../$2.sh") >&3 2>&1 3>&- &
  main=$!
  trap 'asked=1; kill -TERM "$main"' TERM
  [ -z "$asked" ] || kill -TERM "$main"
  exec 3>&-
  while :; do
    wait "$main"
    status=$?
    [ "$status" -gt 128 ] && kill -0 "$main" || break
  done
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
# What a shell says of a command that a signal ended is not the command's own output.
exec </dev/null >/dev/null 2>&1 3>>"$3"
identify && leave supervisor || exit 1
# The command is not run in the background where that can be helped: it would ignore SIGINT.
case $4 in
  user)
    (
      . "../$2.join.sh"
      exec unshare --user --map-root-user --mount --pid --ipc sh "$0" "$@" fork
    )
    ;;
  mount) mount_all && become "$2" ;;
  none) become "$2" ;;
esac
status=$?
echo "$status" >exit.tmp && mv exit.tmp exit
