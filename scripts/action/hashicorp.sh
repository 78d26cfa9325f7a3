#!/usr/bin/env bash
# hashicorp.sh PRODUCT VERSION FOLDER: puts HashiCorp's nomad or consul of exactly that version in FOLDER,
# unless the one on PATH is of that version already. A release's archive and not the apt repository: any
# version on any distribution, and nothing on the machine is configured. Trusted is HashiCorp's key alone,
# by its fingerprint (https://www.hashicorp.com/trust/security): it signs the list of the SHA-256 sums.
set -euo pipefail
product=$1 version=$2 folder=$3
fingerprint=C874011F0AB405110D02105534365D9472D7468F
key_at=https://www.hashicorp.com/.well-known/pgp-key.txt
releases=https://releases.hashicorp.com

# "Nomad v2.0.5", and of a build of one's own "Consul v1.21.4-mine".
if command -v "$product" >/dev/null; then
  if [[ "$("$product" version | head -n 1)" =~ \ v"$version"($|[^0-9.]) ]]; then
    echo "$product $version is on PATH: nothing is downloaded."
    exit 0
  fi
fi
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || {
  echo "::error::$product has versions like 1.21.4, and this is none."
  exit 64
}
case $(uname -m) in
x86_64) machine=amd64 ;;
aarch64) machine=arm64 ;;
*)
  echo "::error::HashiCorp has no $product for $(uname -m): put it on PATH."
  exit 1
  ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
archive=${product}_${version}_linux_$machine.zip
sums=${product}_${version}_SHA256SUMS
get() { curl -fsSL --proto '=https' --retry 3 --max-time 240 -o "$work/$1" "$2"; }
get key.txt "$key_at"
get "$archive" "$releases/$product/$version/$archive"
get "$sums" "$releases/$product/$version/$sums"
get "$sums.sig" "$releases/$product/$version/$sums.sig"

mkdir -m 700 "$work/keys"
verify() { gpg --homedir "$work/keys" --batch --quiet "$@" 2>/dev/null; }
verify --import "$work/key.txt"
# VALIDSIG ends with the fingerprint of the primary key, whichever subkey has signed.
if ! verify --status-fd 1 --verify "$work/$sums.sig" "$work/$sums" |
  grep -q "^\[GNUPG:\] VALIDSIG .*$fingerprint\$"; then
  echo "::error::The sums of $product $version are not signed by HashiCorp's key: nothing is installed."
  exit 1
fi
cd "$work"
if ! grep " $archive\$" "$sums" | sha256sum --check --status --strict -; then
  echo "::error::$archive is not what HashiCorp has signed: nothing is installed."
  exit 1
fi
unzip -q "$archive" "$product"
mkdir -p "$folder"
install -m 755 "$product" "$folder/$product"
echo "$product $version: HashiCorp's signature and SHA-256 are right."
