#!/bin/sh
# vm.sh CLUSTER DATA N SERVER-N: PID 1 of box-N. DATA: its folder, which outlives a boot. Says "made" and
# waits for a line (its network card is plugged in then), says "up" when all of it was started, and
# "down" when a shutdown begins.
# SIGTERM: an orderly shutdown. When this process ends, whatever way, the kernel ends the VM.
cluster=$1 data=$2 n=$3 server=$4
ip=192.168.56.$((100 + n))
echo made
read -r _ || exit 1

off=
trap 'off=yes' TERM
trap '' INT HUP
echo "box-$n" >/proc/sys/kernel/hostname

# Folders that only this VM sees; /run/box is what its disk would be.
mount -t tmpfs -o mode=0755 run /run && mkdir -p /run/box /run/sshd /run/lock || exit 1
mount --bind "$data" /run/box || exit 1
# A locked root account would keep sshd from taking the key.
mount --bind /run/box/shadow /etc/shadow
# A VM of namespaces shares the kernel with the machine: nobody in here may stop that.
[ ! -e /proc/sysrq-trigger ] || mount --bind /dev/null /proc/sysrq-trigger
PATH=/run/box/bin:$PATH
for tool in systemctl sudo poweroff halt shutdown reboot; do
  for real in "/usr/bin/$tool" "/usr/sbin/$tool"; do
    own=/run/box/bin/systemctl
    [ "$tool" != sudo ] || own=/run/box/bin/sudo
    [ ! -e "$real" ] || mount --bind "$own" "$real"
  done
done

# Its own control groups are all that it sees: enter.sh made them.
while read -r _ at kind _; do
  case $kind in cgroup | cgroup2) mount --bind "$at/$cluster/box-$n" "$at" ;; esac
done <<LIST
$(cat /proc/self/mounts)
LIST
if [ -n "$(cat /sys/fs/cgroup/cgroup.controllers 2>/dev/null)" ]; then
  for one in $(cat /sys/fs/cgroup/cgroup.controllers); do
    echo "+$one" >/sys/fs/cgroup/cgroup.subtree_control
  done
fi

ip link set lo up
ip addr add "$ip/24" dev eth1
ip link set eth1 up
ip route add default via 192.168.56.1

# start NAME CMD…: in the background, with a log; its number in $started and /run/box/NAME.pid.
start() {
  log=/run/box/$1.log pid=/run/box/$1.pid
  shift
  "$@" >>"$log" 2>&1 </dev/null &
  started=$!
  echo "$started" >"$pid"
}
# says TEXT URL …: waits until it answers with that text, 20 s at most; not while being shut down.
says() {
  text=$1
  shift
  for _ in $(seq 200); do
    [ -z "$off" ] || return 1
    curl -fs -m 2 "$@" | grep -q "$text" && return 0
    sleep 0.1
  done
}

start sshd "$(command -v sshd)" -D -e -f /dev/null -h /run/box/ssh_host -o "ListenAddress $ip" \
  -o "AuthorizedKeysFile /run/box/authorized" -o "PermitRootLogin yes" -o "StrictModes no" \
  -o "PidFile none" -o "MaxStartups 100" -o "SetEnv PATH=$PATH"
start consul consul agent -config-file /run/box/consul.hcl
consul=$started
dockerd=
if [ "$n" != "$server" ]; then
  rm -f /run/box/docker.sock
  start dockerd dockerd --config-file /run/box/docker.json
  dockerd=$started
  says OK --unix-socket /run/box/docker.sock http://docker/_ping
  # Nomad looks for Consul only now and then: what it misses at its start it misses for a while. And a
  # client that comes before the server's first keyring waits half a minute (cluster-facts §0.2.13).
  says KeyID "http://192.168.56.$((100 + server)):4646/v1/operator/keyring/keys"
fi
says Member http://127.0.0.1:8500/v1/agent/self
start nomad nomad agent -config /run/box/nomad.hcl
nomad=$started
echo up

while [ -z "$off" ]; do
  sleep infinity &
  wait $!
done

echo down
# As systemd does it with the packaged units (cluster-facts §1.4); the network goes last.
kill -INT "$nomad"
kill -TERM "$consul"
[ -z "$dockerd" ] || kill -TERM "$dockerd"
{ sleep 20 && kill -KILL "$nomad" "$consul" $dockerd; } &
wait "$nomad" "$consul" $dockerd
exit 0
