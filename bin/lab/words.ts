import { type Message, msg } from '../../helpers/language/message.ts'
import type { Vm } from '../../lab/contract.ts'
import type { FaultName } from '../../lab/named-faults.ts'

/** What each fault of a lab is, in one line. */
export const faultWords: Record<FaultName, Message> = {
  'dns-slow': msg('the DNS of Consul answers after 3 seconds'),
  'dns-silent': msg('the DNS of Consul does not answer'),
  'dns-servfail': msg('the DNS of Consul answers SERVFAIL'),
  'nomad-slow': msg('the API of Nomad answers after 3 seconds'),
  'nomad-500': msg('the API of Nomad answers with errors (500)'),
  'consul-slow': msg('the API of Consul answers after 3 seconds'),
  'consul-500': msg('Consul answers with errors (500, SERVFAIL)'),
  'consul-on-loopback': msg('the Consul of each client listens on 127.0.0.1 only'),
  'scheduler-dead': msg('the scheduler of Nomad takes no evaluation: nothing new is placed'),
  'registry-down': msg('the registry of images cannot be reached'),
  'pull-slow': msg('an image takes a minute to come (only those that a VM does not have)'),
  'does-not-start': msg('the VM does not come up when it is started'),
  'does-not-stop': msg('the VM ignores an orderly stop'),
  'stops-late': msg('the VM takes 30 seconds to shut down'),
  'sudo-refused': msg('sudo wants a password on the VM'),
  'ssh-silent': msg('the SSH of the VM accepts and says nothing'),
  'docker-dead': msg('the Docker of the VM does not answer: Nomad places nothing there'),
  'disk-full': msg('the disk of the VM is full and its images are gone'),
  'clock-ahead': msg('the clock of the VM is 90 seconds ahead'),
  'nat-address': msg('Nomad took the NAT address of the VM: new replicas are at 10.0.2.15'),
  'port-80-taken': msg('a program outside Nomad has port 80 of the VM'),
  firewall: msg('a firewall lets only SSH through to the VM'),
}

export const powerWords: Record<Vm['power'], Message> = {
  running: msg('on'),
  stopping: msg('shutting down'),
  off: msg('off'),
  booting: msg('booting'),
}
