#!/bin/sh
# enter.sh CLUSTER NAME CMD…: becomes CMD in the namespaces and the control groups of one VM.
cluster=$1 name=$2 init=
shift 2
while read -r _ at kind _; do
  case $kind in cgroup | cgroup2) ;; *) continue ;; esac
  group=$at/$cluster/$name
  # What the last boot of this VM left there.
  [ ! -d "$group" ] || find "$group" -mindepth 1 -type d -delete 2>/dev/null
  mkdir -p "$group"
  for file in cpuset.cpus cpuset.mems; do
    [ -f "$group/cgroup.controllers" ] || [ ! -f "$group/$file" ] ||
      cat "$at/$cluster/$file" >"$group/$file"
  done
  echo $$ >"$group/cgroup.procs"
  [ $kind = cgroup ] || init=$group/init
done </proc/self/mounts
# Version 2 hands controllers down only from a group without processes: what is the root of the VM's
# groups from here on is left for a group below it.
export init
exec unshare --cgroup sh -c '
  [ -z "$init" ] || { mkdir -p "$init" && echo $$ >"$init/cgroup.procs"; }
  unset init
  exec unshare --net --mount --pid --ipc --uts --fork --kill-child --mount-proc "$@"' sh "$@"
