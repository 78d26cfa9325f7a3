#!/bin/sh
# acl.sh: what Consul and Nomad with ACLs and default_policy = "deny" answer to those who may not ask. Run in a
# network namespace of its own. Prints of each request a line "= METHOD /path port who", then the raw answer.
ip link set lo up && hostname box-1
dir=$(mktemp -d)
consul agent -dev -hcl 'acl { enabled = true default_policy = "deny" tokens { initial_management = "root" } }' \
  >"$dir/consul.log" 2>&1 &
consul=$!
cat >"$dir/nomad.hcl" <<'H'
acl { enabled = true }
consul { address = "127.0.0.1:1" }
client { options = { "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean" } }
H
nomad agent -dev -config "$dir/nomad.hcl" >"$dir/nomad.log" 2>&1 &
nomad=$!
trap 'kill $consul $nomad; wait; rm -rf "$dir"' EXIT
until curl -sf -H 'X-Consul-Token: root' 127.0.0.1:8500/v1/catalog/service/consul | grep -q ServiceID &&
  curl -sf 127.0.0.1:4646/v1/status/leader | grep -q :; do
  tries=$((${tries:-0} + 1))
  [ $tries -lt 60 ] || { tail -n 5 "$dir"/*.log >&2; exit 1; }
  sleep 0.3
done
export CONSUL_HTTP_TOKEN=root
consul acl policy create -name few -rules 'service "nginx" { policy = "read" }' >/dev/null
few=$(consul acl token create -policy-name few -format json | sed -n 's/.*"SecretID": "\(.*\)".*/\1/p')
other=11111111-2222-3333-4444-555555555555
ask() {
  echo "= GET $2 $3 $1"
  case $1 in
    nobody) curl -si "127.0.0.1:$3$2" ;;
    stranger) curl -si -H "X-Consul-Token: $other" -H "X-Nomad-Token: $other" "127.0.0.1:$3$2" ;;
    few) curl -si -H "X-Consul-Token: $few" "127.0.0.1:$3$2" ;;
  esac
  echo
}
for who in nobody stranger few; do
  for path in agent/self agent/members catalog/services health/service/consul agent/services; do
    ask $who /v1/$path 8500
  done
done
for who in nobody stranger; do
  for path in agent/self nodes jobs event/stream; do ask $who /v1/$path 4646; done
done
