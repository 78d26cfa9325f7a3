#!/bin/sh
# outside.sh DIR VMS CMD…: runs CMD in namespaces of its own (network, mounts, processes, IPC, host name),
# with a tmpfs at VMS that only they see, and takes DIR and its control groups away when it has ended.
# CMD ends when its standard input does, which is when whoever started this is gone, however it went:
# then the kernel kills every process in there, and mounts and links vanish with the last of them.
dir=$1 vms=$2 name=${1##*/}
shift 2

# A control group in every hierarchy, so that nothing of ours is made anywhere else.
groups=$(while read -r _ at kind _; do
  case $kind in cgroup | cgroup2) echo "$at/$name" ;; esac
done </proc/self/mounts)
for group in $groups; do
  mkdir -p "$group"
  up=${group%/*}
  # Version 1: no process may enter a cpuset that names no CPU.
  for file in cpuset.cpus cpuset.mems; do
    [ -f "$group/cgroup.controllers" ] || [ ! -f "$group/$file" ] || cat "$up/$file" >"$group/$file"
  done
  # Version 2: controllers are handed down level by level; those that containers are limited by.
  [ ! -f "$up/cgroup.controllers" ] || for one in cpuset cpu io memory pids; do
    echo "+$one" >"$up/cgroup.subtree_control" && echo "+$one" >"$group/cgroup.subtree_control"
  done 2>/dev/null
done

# The shell is PID 1 there: it waits for everything that loses its parent.
unshare --net --mount --pid --ipc --uts --fork --kill-child --mount-proc \
  sh -c 'mount -t tmpfs -o mode=0700,size=75% grade-local "$1" && shift && "$@"; exit $?' sh "$vms" "$@"
ended=$?

for _ in 1 2 3 4 5 6 7 8 9 10; do
  left=
  for group in $groups; do
    [ ! -d "$group" ] || find "$group" -type d -delete 2>/dev/null || left=yes
  done
  [ -n "$left" ] || break
  sleep 0.1
done
rm -rf "$dir"
exit $ended
