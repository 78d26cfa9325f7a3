#!/bin/sh
# What systemctl, poweroff, halt, shutdown and reboot are in a VM: they shut it down in order.
case ${0##*/} in poweroff | halt | shutdown | reboot) set -- poweroff ;; esac
while [ "${1#-}" != "$1" ]; do shift; done
case ${1:-} in
poweroff | halt | reboot)
  kill -TERM 1
  ;;
is-active)
  name=${2%.service}
  [ "$name" != docker ] || name=dockerd
  [ "$name" != ssh ] || name=sshd
  if kill -0 "$(cat "/run/box/$name.pid")" 2>/dev/null; then echo active; else
    echo inactive
    exit 3
  fi
  ;;
*)
  echo "systemctl: in a local cluster's VM there is only poweroff and is-active" >&2
  exit 1
  ;;
esac
