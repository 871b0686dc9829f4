#!/bin/sh
# supervise.sh FOLDER RUN LOG: starts a run of an instance once, and leaves its exit status behind.
#
# Claiming the run is mkdir, so of two supervisors of one run only one goes on. The command is run
# in the foreground, since a background job of a shell would ignore SIGINT and SIGQUIT.
folder=$1
run=$1/runs/$2

# Leaves "pid start-time boot-id" of process $1 in the file $2, whole or not at all.
identify() {
  read -r stat <"/proc/$1/stat" || return
  read -r boot </proc/sys/kernel/random/boot_id || return
  set -- "$1" "$2" ${stat##*) }
  echo "$1 ${22} $boot" >"$2.tmp" && mv "$2.tmp" "$2"
}

if [ "$3" = exec ]; then
  identify "$$" "$run/pid" && cd "$folder/work" || exit 126
  . "$run.sh"
fi

mkdir "$run" 2>/dev/null || exit 0
trap : HUP INT TERM
# What a shell says of a command that a signal ended is not the command's own output. In a shell of
# its own, because a redirection alone would be this shell's as well while it waits.
exec </dev/null >/dev/null 2>&1
identify "$$" "$run/supervisor" || exit 1
(exec sh "$0" "$folder" "$2" exec >>"$3" 2>&1)
status=$?
echo "$status" >"$run/exit.tmp" && mv "$run/exit.tmp" "$run/exit"
