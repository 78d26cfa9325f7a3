#!/bin/sh
# busybox.sh FOLDER: writes busybox_1.tar and nginx_busybox.tar there, one image under two names, for
# run.ts --cheats --images …: a busybox (static, on PATH) that serves nginx's page at port 80.
set -eu
root=$(mktemp -d)
trap 'rm -r "$root"' EXIT
mkdir "$root/bin" "$root/www" "$root/tmp"
cp "$(command -v busybox)" "$root/bin/busybox"
ln -s busybox "$root/bin/sh"
echo '<!DOCTYPE html><title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>' >"$root/www/index.html"
tar -C "$root" -c . | docker import -c 'CMD ["/bin/busybox","httpd","-f","-p","80","-h","/www"]' - busybox:1
docker tag busybox:1 nginx:busybox
docker save -o "$1/busybox_1.tar" busybox:1
docker save -o "$1/nginx_busybox.tar" nginx:busybox
docker rmi busybox:1 nginx:busybox
