#!/usr/bin/env bash
# nomad-boxes.sh up|down|cut N|start N|server-kill|server-start|hub CMD…: a teacher's Nomad cluster, for
# class-nomad.ts: a server and three clients, each in a network namespace of its own, with raw_exec.
# Linux, root; nomad and ip on PATH. FOLDER holds data, logs and pids; NAME is the namespaces' prefix.
# The clients share this machine's files and cores.
set -euo pipefail
FOLDER=${FOLDER:?} NAME=${NAME:-gradebox} CLIENTS=${CLIENTS:-"1 2 3"} CPU=${CPU:-1000} MEMORY=${MEMORY:-2048}
hub=$NAME-hub

# In that namespace, with nothing of the caller's NOMAD_… settings. PATH is what jobs find commands by.
agent() { # agent NAMESPACE FOLDER CONFIG
  nsenter --net="/run/netns/$1" env -i "PATH=$PATH" HOME=/root LANG=C.UTF-8 \
    setsid nomad agent -config "$3" >>"$2/nomad.log" 2>&1 </dev/null &
  echo $! >"$2/nomad.pid"
}

server_start() {
  local d=$FOLDER/server
  mkdir -p "$d"
  cat >"$d/nomad.hcl" <<H
name = "server"
data_dir = "$d/data"
bind_addr = "10.77.0.1"
addresses { http = "0.0.0.0" }
advertise { http = "10.77.0.1" }
disable_update_check = true
server { enabled = true bootstrap_expect = 1 }
H
  agent "$hub" "$d" "$d/nomad.hcl"
}

client_start() {
  local n=$1 d=$FOLDER/client-$1
  mkdir -p "$d"
  ip -n "$NAME-$n" link set eth1 up
  cat >"$d/nomad.hcl" <<H
name = "client-$n"
data_dir = "$d/data"
bind_addr = "10.77.0.1$n"
disable_update_check = true
plugin "raw_exec" { config { enabled = true } }
client {
  enabled = true
  network_interface = "eth1"
  servers = ["10.77.0.1:4647"]
  cpu_total_compute = $CPU
  memory_total_mb = $MEMORY
  options = { "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean" }
}
H
  agent "$NAME-$n" "$d" "$d/nomad.hcl"
}

# A power cut: off the net first, then everything that runs there is gone, the jobs' processes too.
cut() {
  ip -n "$NAME-$1" link set eth1 down
  ip netns pids "$NAME-$1" | xargs -r kill -9 2>/dev/null || true
}

case ${1:-} in
up)
  ip netns add "$hub"
  ip -n "$hub" link set lo up
  ip -n "$hub" link add br0 type bridge
  ip -n "$hub" addr add 10.77.0.1/24 dev br0
  ip -n "$hub" link set br0 up
  for n in $CLIENTS; do
    ip netns add "$NAME-$n"
    ip -n "$hub" link add "to$n" type veth peer name eth1 netns "$NAME-$n"
    ip -n "$hub" link set "to$n" master br0 up
    ip -n "$NAME-$n" addr add "10.77.0.1$n/24" dev eth1
    ip -n "$NAME-$n" link set lo up
  done
  server_start
  for n in $CLIENTS; do client_start "$n"; done
  ;;
down)
  for space in $(ip netns list | awk -v p="$NAME-" 'index($1, p) == 1 { print $1 }'); do
    ip netns pids "$space" | xargs -r kill -9 2>/dev/null || true
    ip netns del "$space"
  done
  # Of jobs that a cut left in the middle.
  awk -v f="$FOLDER/" 'index($2, f) == 1 { print $2 }' /proc/mounts | xargs -r -n1 umount -l
  ;;
cut) cut "$2" ;;
start) client_start "$2" ;;
server-kill) kill -9 "$(cat "$FOLDER/server/nomad.pid")" ;;
server-start) server_start ;;
hub)
  shift
  # Not by "ip netns exec", which hides /sys/fs/cgroup, so that no dockerd comes up.
  exec nsenter --net="/run/netns/$hub" "$@"
  ;;
*)
  echo "usage: $0 up|down|cut N|start N|server-kill|server-start|hub CMD…" >&2
  exit 2
  ;;
esac
