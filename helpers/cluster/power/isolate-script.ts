/**
 * What takes a VM off the network and puts it back, run on it as root. The commands hold no single
 * quote and no backslash of their own, so that any login shell hands them on unchanged.
 */

const table = 'grade_cut'
/** Which isolation this is: the timer of an earlier one must not end it. Gone after a reboot. */
const marker = '/run/grade-cut'

/**
 * Of the web, Nomad, Consul, its DNS and Nomad's dynamic ports: closed on the loopback too, for what
 * is asked through SSH must be as silent as a VM that is off.
 */
const ports = ['80', '443', '4646-4648', '8300-8302', '8500-8503', '8600', '20000-32000']

/**
 * Only SSH passes, and the loopback but for those ports. Before connection tracking and forwarding,
 * so that what is established ends too, and containers' traffic is dropped with the rest. Our own
 * questions to DNS are refused, not dropped: sudo and sshd would wait for their answers.
 */
const withNft = `nft -f - <<END
table inet ${table}
delete table inet ${table}
table inet ${table} {
  chain in {
    type filter hook prerouting priority -400; policy drop;
    tcp dport $port accept
    iif lo tcp dport { ${ports.join(', ')} } drop
    iif lo udp dport { ${ports.join(', ')} } drop
    iif lo accept
  }
  chain out {
    type filter hook output priority -400; policy drop;
    tcp sport $port accept
    oif lo accept
    udp dport 53 reject
  }
}
END`

const withIptables = `for t in iptables ip6tables; do
$t -w -n -L OUTPUT >/dev/null 2>&1 || continue
$t -w -t raw -N ${table} 2>/dev/null || $t -w -t raw -F ${table}
$t -w -t raw -A ${table} -p tcp --dport $port -j RETURN
for p in ${ports.join(' ').replaceAll('-', ':')}; do for k in tcp udp; do
$t -w -t raw -A ${table} -i lo -p $k --dport $p -j DROP
done; done
$t -w -t raw -A ${table} -i lo -j RETURN
$t -w -t raw -A ${table} -j DROP
$t -w -N ${table} 2>/dev/null || $t -w -F ${table}
$t -w -A ${table} -p tcp --sport $port -j RETURN
$t -w -A ${table} -o lo -j RETURN
$t -w -A ${table} -p udp --dport 53 -j REJECT
$t -w -A ${table} -j DROP
$t -w -t raw -C PREROUTING -j ${table} 2>/dev/null || $t -w -t raw -I PREROUTING -j ${table}
$t -w -C OUTPUT -j ${table} 2>/dev/null || $t -w -I OUTPUT -j ${table}
done`

/** Ends it, whichever of the two made it. */
const healing = `if command -v nft >/dev/null; then nft delete table inet ${table} 2>/dev/null; fi
for t in iptables ip6tables; do
command -v $t >/dev/null || continue
for c in "-t raw -D PREROUTING -j" "-D OUTPUT -j" "-t raw -F" "-t raw -X" "-F" "-X"; do
$t -w $c ${table} 2>/dev/null
done; done
rm -f ${marker}`

/**
 * The timer comes first: what cannot be ended is not begun. It is systemd's where there is one, since
 * logind may end what a login leaves behind; else a process of a session of its own.
 */
const isolating = (seconds: number) => `set -e
port=\${1##* }
test -n "$port" || { echo "sshd does not say its port" >&2; exit 9; }
command -v nft >/dev/null || command -v iptables >/dev/null ||
{ echo "neither nft nor iptables is installed" >&2; exit 9; }
id=$(cat /proc/sys/kernel/random/uuid)
cat >${marker}.$id <<TIMER
rm -f ${marker}.$id
if test -e ${marker}; then test "\\$(cat ${marker})" = $id || exit 0; fi
TIMER
cat >>${marker}.$id <<"TIMER"
${healing}
TIMER
if test -d /run/systemd/system && systemd-run --quiet --on-active=${seconds} \
--timer-property=AccuracySec=1s /bin/sh ${marker}.$id; then :; else
setsid sh -c "sleep ${seconds}; exec sh ${marker}.$id" </dev/null >/dev/null 2>&1 &
fi
trap 'test $? = 0 || rm -f ${marker}' EXIT
echo $id >${marker}
if nft list tables >/dev/null 2>&1; then
${withNft}
else
${withIptables}
fi`

/** Takes the VM off the network; it comes back by itself after that time, or when it boots. */
export const isolateFor = (seconds: number) => asRoot(isolating(seconds))
/** Puts it back at once; also where nothing was cut. */
export const heal = asRoot(`${healing}\ntrue`)
/** Whether it could be done: root's rights, and a firewall. Exit 0: yes. */
export const mayIsolate = asRoot(
  `nft list tables >/dev/null 2>&1 || iptables -w -n -L OUTPUT >/dev/null`,
)
/** Prints "cut" or "open". */
export const look = `test -e ${marker} && echo cut || echo open`

/** Runs a script as root: by sudo, unless the login is root's. It gets SSH_CONNECTION as \$1. */
function asRoot(script: string): string {
  const packed = Buffer.from(`PATH=$PATH:/usr/sbin:/sbin\n${script}`).toString('base64')
  const run = `echo ${packed} | base64 -d |`
  return (
    `sh -c 'if test $(id -u) = 0; then ${run} sh -s -- "$1"; ` +
    `else ${run} sudo -n sh -s -- "$1"; fi' sh "$SSH_CONNECTION"`
  )
}
