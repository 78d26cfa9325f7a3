#!/usr/bin/env bash
# machine.sh: what a local cluster and these scripts need of a runner, besides Nomad and Consul. Installs
# the Debian or Ubuntu package of each program that is missing, and pulls the images, unless archives
# were named.
# Reads IMAGES (names with blanks between) and ARCHIVES.
set -euo pipefail
root=()
[[ $(id -u) == 0 ]] || root=(sudo)
PATH=$PATH:/usr/sbin:/sbin

packages=()
while read -r program package; do
  command -v "$program" >/dev/null || packages+=("$package")
done <<'LIST'
dockerd docker.io
sshd openssh-server
ssh-keygen openssh-client
ip iproute2
iptables iptables
unshare util-linux
curl curl
gpg gnupg
unzip unzip
jq jq
LIST
if ((${#packages[@]})); then
  echo "Installing ${packages[*]}"
  "${root[@]}" apt-get -qq update
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    "${packages[@]}" >/dev/null
fi

[[ -z ${ARCHIVES:-} ]] || exit 0
read -r -a names <<<"$IMAGES"
for image in "${names[@]}"; do
  "${root[@]}" docker image inspect "$image" >/dev/null 2>&1 && continue
  # Registries have their moments: three tries, then it is said which image.
  for try in 1 2 3; do
    "${root[@]}" docker pull --quiet "$image" && continue 2
    sleep $((try * 5))
  done
  echo "::error::The image $image was not pulled: the local cluster needs it before anything is graded."
  exit 1
done
