/**
 * Català. The keys are the sentences as they stand in the code, in English and in ICU's message
 * format; this file is the list of all of them: msg() takes no other, and each other language must
 * have the same (docs/languages.md). Code, names and what others said are values, never translated.
 */
export const ca = {
  '{said}': '{said}',
  '{sentences}': '{sentences}',

  // ── The grader itself
  'The grader itself failed: {said}': 'El corrector mateix ha fallat: {said}',

  // ── Whether the cluster is fit (grade doctor)
  "Consul's catalog has no service called {missing}.":
    'Al catàleg de Consul no hi ha cap servei que es digui {missing}.',
  'See that every Nomad agent has a consul block that reaches the Consul agent of its own VM, and restart nomad.':
    'Mira que cada agent de Nomad tingui un bloc consul que arribi a l’agent de Consul de la seva màquina virtual, i reinicia nomad.',
  "Consul's DNS at {where} does not answer: {error}":
    'El DNS de Consul a {where} no respon: {error}',
  'On the server, set {code} (and no other {other}) in {file}, and restart {service}.':
    'Al servidor, posa {code} (i cap altre {other}) a {file}, i reinicia {service}.',
  "Consul's DNS at {where} knows no {name} ({rcode}).":
    'El DNS de Consul a {where} no coneix {name} ({rcode}).',
  "See Consul's log on {server}: {code}": 'Mira el registre de Consul a {server}: {code}',
  '{name} ({host}) is off or out of reach: neither Nomad, Consul nor SSH answers there, and its hypervisor says so.':
    '{name} ({host}) està aturada o no s’hi pot arribar: no hi respon ni Nomad, ni Consul, ni SSH, i l’hipervisor diu el mateix.',
  '{name} ({host}) is off or out of reach: neither Nomad, Consul nor SSH answers there.':
    '{name} ({host}) està aturada o no s’hi pot arribar: no hi respon ni Nomad, ni Consul, ni SSH.',
  'Start it: {how}.': 'Engega-la: {how}.',
  'Start its VM.': 'Engega la seva màquina virtual.',
  'Or leave it out: {code}': 'O bé deixa-la fora: {code}',
  '{who} on {vm} does not run: nothing listens on port {port} ({shut}).':
    '{who} no s’executa a {vm}: ningú escolta al port {port} ({shut}).',
  'There: {code}; {log} says why it stopped.': 'Allà: {code}; {log} diu per què s’ha aturat.',
  '{who} on {vm} does not answer on port {port} ({shut}).':
    '{who} no respon a {vm} pel port {port} ({shut}).',
  'See whether a firewall on the VM drops it.':
    'Mira si el tallafoc de la màquina virtual ho descarta.',
  '{who} on {vm}': '{who} a {vm}',
  'On {vm} we may not ask Docker which images are there ({trouble}).':
    'A {vm} no tenim permís per preguntar a Docker quines imatges hi ha ({trouble}).',
  'There: {code}, with the user that logs in. A run goes on without that.':
    'Allà: {code}, amb l’usuari que hi entra. Es pot corregir igualment sense això.',
  'Nomad calls Docker on {vm} healthy, but the docker command there says: {trouble}.':
    'Nomad diu que Docker funciona bé a {vm}, però l’ordre docker hi diu: {trouble}.',
  'Ask again in half a minute: Nomad notices a dead Docker by then. If it listens elsewhere on purpose, set DOCKER_HOST for the user that logs in.':
    'Torna-ho a preguntar d’aquí a mig minut: llavors Nomad ja haurà notat que Docker no funciona. Si escolta en un altre lloc expressament, defineix DOCKER_HOST per a l’usuari que hi entra.',
  'Docker on {vm} cannot be asked: {trouble}.': 'No es pot preguntar a Docker a {vm}: {trouble}.',
  '{code} brings the images to every VM.':
    '{code} porta les imatges a totes les màquines virtuals.',
  '{vm} has not got {missing}: a first start there pulls, which may take minutes.':
    '{vm} no té {missing}: el primer cop se l’ha de baixar, i pot tardar minuts.',
  "{vm} has not got {missing}, and cannot reach Docker's registry to pull.":
    '{vm} no té {missing}, i no pot arribar al registre de Docker per baixar-la.',
  '{first} and {second}': '{first} i {second}',
  '{first}, {second}': '{first}, {second}',
  '{name} is never stopped: {why}.': '{name} no s’atura mai: {why}.',
  'it is a server': 'és un servidor',
  'the grader itself runs on it': 'el corrector mateix s’hi executa',
  'Ask again in a moment.': 'Torna-ho a preguntar d’aquí a un moment.',
  'A run goes on without it.': 'Es pot corregir sense aquesta màquina.',
  'The cluster file asks for the client {name}, and Nomad knows no such node.':
    'El fitxer del cluster demana el client {name}, i Nomad no coneix aquest node.',
  'Correct "{key}" in the cluster file ({code} lists them), or start that VM.':
    'Corregeix «{key}» al fitxer del cluster ({code} els llista), o engega aquesta màquina virtual.',
  'Only {clients, plural, one {# client} other {# clients}} of Nomad can be graded on, and the sheet needs {needed}.':
    'Només es pot corregir amb {clients, plural, one {# client} other {# clients}} de Nomad, i l’exercici en necessita {needed}.',
  'Start more VMs, with {code} in {file}; box-1 as the server does not count.':
    'Engega més màquines virtuals, amb {code} a {file}; box-1, que és el servidor, no compta.',
  'Nomad misses a stopped client after at most {longest} s (heartbeats of up to 20 s and {grace} s of grace); after a change of its leader once after 300 s, which a run waits out.':
    'Nomad troba a faltar un client aturat al cap de {longest} s com a molt (batecs de fins a 20 s i {grace} s de marge); després d’un canvi de líder, un cop al cap de 300 s, i la correcció s’hi espera.',
  'While the server is silent nobody can name its clients: they were not looked at.':
    'Mentre el servidor calla ningú no sap quins clients té: no s’han mirat.',
  'Nomad {nomad}, Consul {consul}.': 'Nomad {nomad}, Consul {consul}.',
  'A job called {job} is here on {vms} that this grader did not register.':
    'Hi ha un job {job} a {vms} que aquest corrector no ha registrat.',
  'A job called {job} is here that this grader did not register.':
    'Hi ha un job {job} que aquest corrector no ha registrat.',
  '{code}, or let the grader do that: {flag}': '{code}, o deixa que ho faci el corrector: {flag}',
  'The job {job} runs on {vms}, and VMs that it uses would be stopped.':
    'El job {job} s’executa a {vms}, i s’haurien d’aturar màquines virtuals que fa servir.',
  'The job {job} runs, and VMs that it uses would be stopped.':
    'El job {job} s’està executant, i s’haurien d’aturar màquines virtuals que fa servir.',
  'Stop it ({code}), exclude its VMs in the cluster file, or allow it: {flag}':
    'Atura’l ({code}), exclou les seves màquines virtuals al fitxer del cluster, o permet-ho: {flag}',
  'Consul on {node} still has a service {service} of an allocation that Nomad no longer knows.':
    'Consul a {node} encara té un servei {service} d’una allocation que Nomad ja no coneix.',
  "It goes by itself within 90 s of the VM's start, which a run waits for; else, on {node}: {code}":
    'Se’n va tot sol abans de 90 s des que s’engega la màquina virtual, i la correcció s’hi espera; si no, a {node}: {code}',
  "Somebody else's service {service} stands in Consul on {node}.":
    'A Consul hi ha un servei {service} d’algú altre, a {node}.',
  'On {node}: {code}': 'A {node}: {code}',
  'The disk of {vm} is full: {mb} MB are free at {mount}.':
    'El disc de {vm} és ple: queden {mb} MB lliures a {mount}.',
  'There: {code}': 'Allà: {code}',
  "The clock of {name} is {by} s ahead of the other VMs'.":
    'El rellotge de {name} va {by} s avançat respecte del de les altres màquines virtuals.',
  "The clock of {name} is {by} s behind the other VMs'.":
    'El rellotge de {name} va {by} s endarrerit respecte del de les altres màquines virtuals.',
  'There: {code}, or set it with {other}': 'Allà: {code}, o posa’l en hora amb {other}',
  'A run grades this cluster just now (process {pid}): what is off or strange may be its doing.':
    'Ara mateix s’està corregint en aquest cluster (procés {pid}): el que està aturat o és estrany pot ser per això.',
  'Ask again when it has ended.': 'Torna-ho a preguntar quan hagi acabat.',
  '{name} off': '{name} aturada',
  'the job {job} registered': 'el job {job} registrat',
  '{name} ineligible': '{name} sense poder rebre feina',
  'A run that ended early left {parts}.':
    'Una correcció que va acabar abans d’hora ha deixat {parts}.',
  '{code} undoes that; the next run does so too before it begins.':
    '{code} ho desfà; la pròxima correcció també ho fa abans de començar.',
  'Port 80 on {name} is held by {called}, outside Nomad.':
    'El port 80 de {name} el té ocupat {called}, fora de Nomad.',
  'Port 80 on {name} is held by something outside Nomad.':
    'El port 80 de {name} el té ocupat alguna cosa de fora de Nomad.',
  'There: {code}, and stop that container.': 'Allà: {code}, i atura aquest contenidor.',
  'There: {code} says which program it is; stop it.': 'Allà: {code} diu quin programa és; atura’l.',
  'There is no way to start a stopped VM again: {how}.':
    'No hi ha manera de tornar a engegar una màquina virtual aturada: {how}.',
  'Write a "{key}" part into the cluster file ({code} finds what is there), or grade only items that stop nothing: {flag}':
    'Escriu una part «{key}» al fitxer del cluster ({code} troba el que hi ha), o corregeix només els apartats que no aturen res: {flag}',
  'The cluster file wants VMs to be cut ({code}), and {driver} cannot do that.':
    'El fitxer del cluster vol que es talli el corrent de les màquines virtuals ({code}), i {driver} no ho pot fer.',
  'Write "{code}" into the "{key}" part, or give it a line or a driver that cuts.':
    'Escriu «{code}» a la part «{key}», o posa-hi una línia o un driver que ho pugui fer.',
  'Map it in the cluster file: {code}': 'Digues quina és al fitxer del cluster: {code}',
  '{title} on this machine knows {vms}.': '{title} d’aquesta màquina coneix {vms}.',
  'Write "{code}" into the cluster file, or let {command} write it.':
    'Escriu «{code}» al fitxer del cluster, o deixa que ho escrigui {command}.',
  'VMs lose their power (cut), and are started again by {by}.':
    'A les màquines virtuals se’ls talla el corrent (cut), i es tornen a engegar amb {by}.',
  'VMs are stopped by the line "stop:" of the cluster file, and started again by {by}.':
    'Les màquines virtuals s’aturen amb la línia «stop:» del fitxer del cluster, i es tornen a engegar amb {by}.',
  'VMs are stopped over SSH ({code}), and started again by {by}.':
    'Les màquines virtuals s’aturen per SSH ({code}), i es tornen a engegar amb {by}.',
  'On {vm}, "{code}" ended with {ended}.': 'A {vm}, «{code}» ha acabat amb {ended}.',
  'a lost connection': 'una connexió perduda',
  '{who} on {server} has no leader.': '{who} a {server} no té líder.',
  'See its log there: {log}. A lone server needs {code}.':
    'Mira’n el registre allà: {log}. Un servidor sol necessita {code}.',
  'Neither Nomad ({nomad}), Consul ({consul}) nor SSH answers at {server}: the server is off or out of reach.':
    'Ni Nomad ({nomad}), ni Consul ({consul}), ni SSH responen a {server}: el servidor està aturat o no s’hi pot arribar.',
  'Start its VM and wait a minute, or give the right address: {flag}':
    'Engega la seva màquina virtual i espera un minut, o dona l’adreça bona: {flag}',
  'Start its VM and wait a minute, or correct "{key}" in the cluster file.':
    'Engega la seva màquina virtual i espera un minut, o corregeix «{key}» al fitxer del cluster.',
  '{who} on the server ({where})': '{who} al servidor ({where})',
  'See its log: {log}': 'Mira’n el registre: {log}',
  '{at} gives no useful answer: {seen}': '{at} no dona cap resposta útil: {seen}',
  '{at} does not run: {seen}': '{at} no s’executa: {seen}',
  '{at} does not answer: {seen}': '{at} no respon: {seen}',
  'On the server: {code}; {log} says why it stopped. If it does run, "{key}" in the cluster file says on which port it is asked.':
    'Al servidor: {code}; {log} diu per què s’ha aturat. Si sí que s’executa, «{key}» del fitxer del cluster diu a quin port se li pregunta.',
  '{at} listens on {loopback} only: it answers inside its VM and refuses from outside.':
    '{at} només escolta a {loopback}: respon dins de la seva màquina virtual i rebutja el que ve de fora.',
  'Set {code} in {file} there and restart {service}; or write "{route}" into the cluster file.':
    'Posa {code} a {file} allà i reinicia {service}; o escriu «{route}» al fitxer del cluster.',
  'Nomad says {name} is {status}.': 'Nomad diu que {name} està {status}.',
  'See that the VM is up and Nomad runs on it: {code}, and there {log}':
    'Mira que la màquina virtual estigui engegada i que hi funcioni Nomad: {code}, i allà {log}',
  '{name} is in the datacenter {its}, and the sheet names {datacenter}.':
    '{name} és al centre de dades {its}, i l’enunciat diu {datacenter}.',
  "Set {code} in Nomad's and Consul's configuration there, and restart both.":
    'Posa {code} a la configuració de Nomad i de Consul d’allà, i reinicia’ls tots dos.',
  'Consul says {name} ({host}) is {member}.': 'Consul diu que {name} ({host}) està {member}.',
  'Consul says {name} ({host}) is no member.': 'Consul diu que {name} ({host}) no és cap membre.',
  'See {code}, and there: {log}': 'Mira {code}, i allà: {log}',
  'Nomad says that Docker is not healthy on {name}.':
    'Nomad diu que Docker no funciona bé a {name}.',
  'There: {code}, and half a minute later {look} shows it.':
    'Allà: {code}, i mig minut més tard {look} ho mostra.',
  'Nomad gives {name} no work: it is {eligibility} (by hand, or by a drain).':
    'Nomad no dona feina a {name}: està {eligibility} (a mà, o per un drain).',
  "Nomad on {name} gives out VirtualBox's NAT address {nat}, which is the same on every VM: no container there can be reached.":
    'Nomad a {name} dona l’adreça NAT de VirtualBox, {nat}, que és la mateixa a totes les màquines virtuals: no es pot arribar a cap contenidor d’allà.',
  'Set {one} and {other} to the host-only interface in {file} there, and restart {service}.':
    'Posa {one} i {other} a la interfície host-only, a {file} d’allà, i reinicia {service}.',
  'The same on {others}.': 'El mateix passa a {others}.',
  'No VM lets us in by SSH: write the user and the private key under "{key}".':
    'Cap màquina virtual ens deixa entrar per SSH: escriu l’usuari i la clau privada a «{key}».',
  'No way to start the VMs was found: write a "{key}" part ({page}).':
    'No s’ha trobat cap manera d’engegar les màquines virtuals: escriu una part «{key}» ({page}).',
  'No way to start the VMs was found ({others} is here, and knows none of them): write a "{key}" part ({page}).':
    'No s’ha trobat cap manera d’engegar les màquines virtuals (hi ha {others}, però no en coneix cap): escriu una part «{key}» ({page}).',
  '{driver} knows no VM for {name}: write it under "{key}".':
    '{driver} no coneix cap màquina virtual per a {name}: escriu-la a «{key}».',
  '{vm}: {what}': '{vm}: {what}',
  '{vm}: all images are there.': '{vm}: ja hi ha totes les imatges.',
  'Still missing after loading: {missing}.': 'Després de carregar-les encara falta: {missing}.',
  'See that what was loaded holds it under that name: {code}':
    'Mira que el que s’ha carregat la tingui amb aquest nom: {code}',
  '{vm}: {missing} {n, plural, one {is there} other {are there}} now.':
    '{vm}: ara ja hi {n, plural, one {ha aquesta imatge} other {ha aquestes imatges}}: {missing}.',
  'The archive {path} cannot be read ({code}).': 'No es pot llegir l’arxiu {path} ({code}).',
  'Make it: {code}': 'Fes-lo: {code}',
  'The Docker of this machine does not save {images}: {why}.':
    'El Docker d’aquesta màquina no desa {images}: {why}.',
  '{code} here, name an archive under "{key}" in the cluster file, or a registry with {flag}.':
    'Fes {code} aquí, posa el nom d’un arxiu a «{key}» del fitxer del cluster, o un registre amb {flag}.',
  '{name}: {mb} MB sent': '{name}: {mb} MB enviats',
  '{name}: {mb} MB of {all} MB sent': '{name}: {mb} MB de {all} MB enviats',
  'On {vm}, "{code}" ended with {ended}: {said}.':
    'A {vm}, «{code}» ha acabat amb {ended}: {said}.',
  'See whether its disk is full ({code}) and the archive is whole.':
    'Mira si té el disc ple ({code}) i si l’arxiu és sencer.',
  '{mirror} is no name of a registry.': '{mirror} no és cap nom de registre.',
  'Write it as {form}.': 'Escriu-ho així: {form}.',
  'pulling {from}': 'baixant {from}',
  '{vm} cannot pull {from}: {said}.': '{vm} no pot baixar {from}: {said}.',
  'See that the VM reaches that registry; one without TLS must be in "{key}" of its {file}.':
    'Mira que la màquina virtual arribi a aquest registre; si no té TLS ha de ser a «{key}» del seu {file}.',
  address: 'adreça',
  fit: 'apta',
  'not fit': 'no apta',
  'Fit: {good} can be graded on.': 'Apte: es pot corregir amb {good}.',
  'Not fit: one thing to mend (✗).': 'No apte: hi ha una cosa per arreglar (✗).',
  'Not fit: {count} things to mend (✗).': 'No apte: hi ha {count} coses per arreglar (✗).',

  // ── The rubric
  'the job file parses': 'el fitxer del job es pot llegir',
  'policy allows the job': 'les normes permeten el job',
  'Nomad registers the job': 'Nomad registra el job',
  'its image is the one of the sheet': 'la imatge és la de l’enunciat',
  'it settles on the replicas asked for': 's’estabilitza amb les rèpliques demanades',
  'Consul lists exactly these replicas': 'Consul llista exactament aquestes rèpliques',
  'each replica answers over HTTP': 'cada rèplica respon per HTTP',
  'DNS gives exactly their addresses': 'el DNS dona exactament les seves adreces',
  'it stays so': 'es manté així',
  'the stop was effective': 'la màquina s’ha aturat de debò',
  'every replica is at port 80': 'totes les rèpliques són al port 80',
  'each replica is on a VM of its own': 'cada rèplica és en una màquina virtual diferent',
  'deploy one nginx': 'desplega un nginx',
  'when its VM stops, nginx reappears on another VM':
    'quan s’atura la seva màquina virtual, nginx reapareix en una altra',
  'its replacement runs on another VM': 'la substituta s’executa en una altra màquina virtual',
  'three replicas of nginx': 'tres rèpliques d’nginx',
  'the job does not force them onto one VM':
    'el job no les obliga a anar a una sola màquina virtual',
  'three replicas at the static port 80': 'tres rèpliques al port estàtic 80',
  'the browser opens what DNS gives first':
    'el navegador obre la primera adreça que retorna el DNS',
  'every address serves the page': 'totes les adreces serveixen la pàgina',
  'with two VMs off, as many replicas as VMs are left':
    'amb dues màquines virtuals aturades, tantes rèpliques com màquines queden',
  'Nomad holds the rest back because of the port': 'Nomad reté la resta a causa del port',
  'a VM that returns gets one more replica': 'una màquina virtual que torna rep una rèplica més',
  'nginx is purged, one apache is deployed': 's’elimina nginx i es desplega un apache',
  'the agents of the VMs say where apache is':
    'els agents de les màquines virtuals diuen on és apache',
  'exactly the agents of its VMs list apache':
    'només els agents de les seves màquines virtuals llisten apache',
  'any agent lists the services of the datacenter':
    'qualsevol agent llista els serveis del centre de dades',
  'every agent gives the same services': 'tots els agents donen els mateixos serveis',
  'the catalog says where apache is': 'el catàleg diu on és apache',
  'the entries equal the replicas one for one':
    'les entrades coincideixen amb les rèpliques, una per una',

  // ── Verdicts: why an item is so, and what to do
  'Every criterion was proved.': 'S’han comprovat tots els criteris.',
  'Blocked by {item}, on which it builds: {sentence}':
    'Bloquejat per {item}, en què es basa: {sentence}',
  'Not known, because {item} is not known: {sentence}':
    'No se sap, perquè {item} no se sap: {sentence}',
  '{file}, line {line}': '{file}, línia {line}',
  '{first} or {second}': '{first} o {second}',
  '{first}; {second}': '{first}; {second}',
  'Nothing of yours: fix the lab (or ask your teacher) and run this item again.':
    'No és culpa teva: arregla el laboratori (o avisa el professor) i torna a executar aquest apartat.',
  'Nomad could not be asked: {text}': 'No s’ha pogut preguntar a Nomad: {text}',
  'The job was gone from Nomad though nobody of ours removed it.':
    'El job ha desaparegut de Nomad i el corrector no l’ha eliminat.',
  'The job registers no service: Consul never hears of {service}.':
    'El job no registra cap servei: Consul no sap res de {service}.',
  'Add a block {code} to the task.': 'Afegeix un bloc {code} a la tasca.',
  'The job registers the service {names}, not {service}.':
    'El job registra el servei {names}, no {service}.',
  'Set {code} in the service block.': 'Posa {code} al bloc service.',
  'It cannot be said under which name the job registers its service: {name}.':
    'No es pot saber amb quin nom registra el job el seu servei: {name}.',
  'Write {code} as on the sheet, or ask your teacher to look at it.':
    'Escriu {code} com a l’enunciat, o demana al professor que s’ho miri.',
  'The service {service} is registered in Nomad, not in Consul (provider = "nomad").':
    'El servei {service} està registrat a Nomad, no a Consul (provider = "nomad").',
  'The job asks for {have, plural, one {# replica} other {# replicas}}, and this item wants {want}.':
    'El job demana {have, plural, one {# rèplica} other {# rèpliques}}, i aquest apartat en vol {want}.',
  'Set {code} in the group.': 'Posa {code} al grup.',
  '{have, plural, one {# replica} other {# replicas}} ran, and {want} were wanted.':
    'S’executava {have, plural, one {# rèplica} other {un total de # rèpliques}}, i se’n volien {want}.',
  'The client {vm} was {status} though nobody of ours stopped it.':
    'El client {vm} estava en l’estat «{status}» i el corrector no l’ha aturat.',
  'unknown to Nomad': 'desconegut per a Nomad',
  'failed in Consul': '«failed» a Consul',
  "Nomad's scheduler left an evaluation pending.":
    'El planificador de Nomad ha deixat una avaluació pendent.',
  'No client is in the datacenter that the job names ({datacenter}).':
    'No hi ha cap client al centre de dades que diu el job ({datacenter}).',
  'The sheet uses {code}.': 'L’enunciat fa servir {code}.',
  'A constraint of the job matches no client that is left: {filter}.':
    'Una restricció (constraint) del job no la compleix cap dels clients que queden: {filter}.',
  'Remove the constraint, or name a client that exists ({code}).':
    'Treu la restricció, o posa-hi un client que existeixi ({code}).',
  'No client has room for group {group}: {dimension} is exhausted.':
    'Cap client té lloc per al grup {group}: {dimension} està exhaurit.',
  'The sheet asks for cpu = 500 and memory = 256 in resources.':
    'L’enunciat demana cpu = 500 i memory = 256 a resources.',
  'Group {group} finds no VM whose port is free: {dimension}.':
    'El grup {group} no troba cap màquina virtual amb el port lliure: {dimension}.',
  'A static port fits once on each VM.':
    'Un port estàtic només hi cap un cop a cada màquina virtual.',
  'Nomad finds no place for a replica as long as {names} takes none.':
    'Nomad no troba lloc per a una rèplica mentre {names} no n’admeti cap.',
  "The clients lack something of the lab's: {filter}.":
    'Als clients els falta alguna cosa del laboratori: {filter}.',
  '{vm} was still downloading the image.': '{vm} encara estava baixant la imatge.',
  'The registry knows no such image: {text}':
    'El registre d’imatges no coneix aquesta imatge: {text}',
  'Check the name and the tag of the image against the sheet.':
    'Compara el nom i l’etiqueta de la imatge amb els de l’enunciat.',
  '{vm} could not pull the image: {text}': '{vm} no ha pogut baixar la imatge: {text}',
  'The registry could not be reached or refused for now: bring the images to the VMs and run this item again.':
    'No s’ha pogut arribar al registre d’imatges, o de moment s’hi nega: porta les imatges a les màquines virtuals i torna a executar aquest apartat.',
  "Docker's driver does not understand the task's config: {text}.":
    'El driver de Docker no entén el bloc config de la tasca: {text}.',
  'The allocation could not be set up: {text}.': 'No s’ha pogut preparar l’allocation: {text}.',
  'A port of the container is not in the network block: {text}.':
    'Un port del contenidor no és al bloc network: {text}.',
  'Something outside Nomad holds the port on {vm}: {text}':
    'Alguna cosa de fora de Nomad té ocupat el port a {vm}: {text}',
  'The disk of {vm} is full: {text}': 'El disc de {vm} és ple: {text}',
  'Docker on {vm} could not start the container: {text}':
    'Docker no ha pogut engegar el contenidor a {vm}: {text}',
  'The sheet gives the task no command of its own: leave command and entrypoint out.':
    'A l’enunciat la tasca no té cap ordre pròpia: treu command i entrypoint.',
  'The container of task {task} on {vm} ends again and again: {text}':
    'El contenidor de la tasca {task} a {vm} s’acaba un cop i un altre: {text}',
  'Look at {code}. The sheet gives the task no command of its own.':
    'Mira {code}. A l’enunciat la tasca no té cap ordre pròpia.',
  'A replica on {vm} had not started.': 'Una rèplica a {vm} no s’havia engegat.',
  'The update had not ended: {have} of {want} replicas were running.':
    'L’actualització no s’havia acabat: s’executaven {have} de {want} rèpliques.',
  'The deployment did not succeed: {text}': 'El desplegament no ha anat bé: {text}',
  'See {code}: which replica is unhealthy, and why.':
    'Mira {code}: quina rèplica no està bé, i per què.',
  'The job waits for the promotion of its canaries ({canaries}), which nobody gives.':
    'El job espera que es promoguin els seus canaris ({canaries}), i ningú no ho fa.',
  'Remove canary from the update block, or set auto_promote = true.':
    'Treu canary del bloc update, o posa auto_promote = true.',
  'A replica of an older version of the job still ran on {vm}.':
    'Encara s’executava a {vm} una rèplica d’una versió anterior del job.',
  'Nomad still had {queued} replica(s) queued.':
    'Nomad encara tenia {queued, plural, one {# rèplica} other {# rèpliques}} a la cua.',
  'The replica on {vm} is at port {port}, not {want}.':
    'La rèplica de {vm} és al port {port}, no al {want}.',
  'Set static = 80 and to = 80 in {code}.': 'Posa static = 80 i to = 80 a {code}.',
  'Two replicas were on {vm}.': 'Hi havia dues rèpliques a {vm}.',
  'With static = 80 each VM takes one.': 'Amb static = 80 n’hi cap una a cada màquina virtual.',
  'The job itself sends its replicas to one VM: {filter}.':
    'El mateix job envia les rèpliques a una sola màquina virtual: {filter}.',
  'Leave constraint and affinity out: Nomad spreads the replicas.':
    'Treu constraint i affinity: Nomad ja reparteix les rèpliques.',
  'It cannot be said on which clients this constraint lets the job run: {filter}.':
    'No es pot saber en quins clients aquesta restricció deixa que s’executi el job: {filter}.',
  'Ask your teacher to look at this item; without the constraint it can be graded.':
    'Demana al professor que es miri aquest apartat; sense la restricció es pot corregir.',
  'A replica was (again) on {vm}, the VM that was stopped.':
    'Hi havia (un altre cop) una rèplica a {vm}, la màquina virtual que s’ha aturat.',
  'Nothing replaced allocation {allocation} on another VM.':
    'Res no ha substituït l’allocation {allocation} en una altra màquina virtual.',
  'Leave constraints and reschedule out of the job: Nomad then moves it by itself.':
    'Treu les restriccions i reschedule del job: llavors Nomad el mou tot sol.',
  'A replica restarted though nothing was done to it.':
    'Una rèplica s’ha reiniciat sense que ningú no li fes res.',
  'Look at {code}.': 'Mira {code}.',
  'The replica on {vm} ended by itself and was replaced.':
    'La rèplica de {vm} s’ha acabat tota sola i s’ha substituït.',
  'Look at {status} and {logs}: a web server must go on running.':
    'Mira {status} i {logs}: un servidor web no s’ha d’acabar mai.',
  'Nomad replaced replicas that had not ended by themselves, again and again.':
    'Nomad ha anat substituint, un cop i un altre, rèpliques que no s’havien acabat soles.',
  'See {code}: clients that come and go, or that somebody drains. Run it again.':
    'Mira {code}: clients que van i venen, o que algú està buidant. Torna-ho a executar.',
  'Nomad holds no replica back: there is no blocked evaluation.':
    'Nomad no reté cap rèplica: no hi ha cap avaluació bloquejada.',
  'With static = 80 the third replica waits for a VM whose port 80 is free.':
    'Amb static = 80 la tercera rèplica espera una màquina virtual amb el port 80 lliure.',
  'Nomad holds replicas back for another reason than port 80: {reasons}.':
    'Nomad reté rèpliques per un motiu que no és el port 80: {reasons}.',
  'With static = 80 alone, and no constraint, the port is what holds them back.':
    'Només amb static = 80, i sense cap restricció, és el port el que les reté.',
  'The VM that returned got no replica.':
    'La màquina virtual que ha tornat no ha rebut cap rèplica.',
  'The image is {have}, not {want}.': 'La imatge és {have}, no {want}.',
  'The task names no image.': 'La tasca no diu cap imatge.',
  "The sheet's image is {code}.": 'La imatge de l’enunciat és {code}.',
  'Consul could not be asked: {text}': 'No s’ha pogut preguntar a Consul: {text}',
  'Consul lists no {service} for the replica on {vm}.':
    'Consul no llista cap {service} per a la rèplica de {vm}.',
  "Consul's check of the service on {vm} is critical: {text}.":
    'La comprovació (check) que Consul fa del servei a {vm} és crítica: {text}.',
  "Consul's check of the service on {vm} is critical.":
    'La comprovació (check) que Consul fa del servei a {vm} és crítica.',
  'Correct the check block, or leave it out as on the sheet.':
    'Corregeix el bloc check, o treu-lo com a l’enunciat.',
  'The service {service} has no port: Consul cannot say where it answers.':
    'El servei {service} no té port: Consul no pot dir on respon.',
  'Write {code} in the service block, the label of the network block.':
    'Escriu {code} al bloc service, l’etiqueta del bloc network.',
  'The job registers {address} in Consul for {vm}: not where the replica is.':
    'El job registra {address} a Consul per a {vm}: no és on és la rèplica.',
  'Leave address and address_mode out of the service block and set {code}.':
    'Treu address i address_mode del bloc service i posa {code}.',
  'Consul lists one {service} too many, on {vm} ({id}).':
    'Consul llista un {service} de més, a {vm} ({id}).',
  "Somebody else's {service} stands in Consul on {vm} ({id}).":
    'A Consul hi ha un {service} d’algú altre, a {vm} ({id}).',
  'Remove it ({code}) and run this item again.':
    'Treu-lo ({code}) i torna a executar aquest apartat.',
  'The replica on {vm} registers {service} more than once.':
    'La rèplica de {vm} registra {service} més d’un cop.',
  'One service block is enough.': 'N’hi ha prou amb un bloc service.',
  'Consul still listed a stopped {service} on {vm}.':
    'Consul encara llistava un {service} aturat a {vm}.',
  "{vm} is known under an address that is no member's (10.0.2.15 is VirtualBox's NAT).":
    '{vm} es coneix per una adreça que no és de cap membre (10.0.2.15 és la NAT de VirtualBox).',
  'Set network_interface of the Nomad client to the host-only interface; nothing of the job.':
    'Posa la interfície host-only a network_interface del client de Nomad; no és res del job.',
  'Consul DNS could not be asked: {text}': 'No s’ha pogut preguntar al DNS de Consul: {text}',
  '{name} resolved to {have}; the replicas are at {want}.':
    '{name} s’ha resolt a {have}; les rèpliques són a {want}.',
  'an address': 'una adreça',
  'The replica on {vm} does not answer at {where} ({error}): {because}.':
    'La rèplica de {vm} no respon a {where} ({error}): {because}.',
  'The replica on {vm} does not answer at {where} ({error}).':
    'La rèplica de {vm} no respon a {where} ({error}).',
  'The container listens on port 80: {to} in the network block, and {ports} in config.':
    'El contenidor escolta al port 80: {to} al bloc network, i {ports} a config.',
  'the docker config does not publish it, {code} is missing':
    'el bloc config de docker no el publica, hi falta {code}',
  'the network block leads to port {port} of the container, which listens on {listens}':
    'el bloc network porta al port {port} del contenidor, que escolta al {listens}',
  'the network block has no to = {listens}, so it leads to no port that listens':
    'el bloc network no té to = {listens}, i no porta a cap port que escolti',
  'the task runs a command of its own': 'la tasca executa una ordre pròpia',
  'Nothing came back from {where} on {vm}.': 'No ha arribat cap resposta de {where}, a {vm}.',
  'What answers at {where} is {server}.': 'El que respon a {where} és {server}.',
  'no HTTP': 'una cosa que no és HTTP',
  'nothing it knows': 'res de conegut',
  'Check the image of the task.': 'Mira la imatge de la tasca.',
  'The replica on {vm} has no port that could be asked.':
    'La rèplica de {vm} no té cap port on es pugui preguntar.',
  'Add {port} to network and {service} to the service.':
    'Afegeix {port} a network i {service} al servei.',
  '{where} answers inside {vm} but not from here: a firewall.':
    '{where} respon dins de {vm} però no des d’aquí: un tallafoc.',
  'http://{address}/ answers with status {status} instead of a page.':
    'http://{address}/ respon amb l’estat {status} en lloc d’una pàgina.',
  "Mount nothing over the image's own pages, or put an index.html there.":
    'No muntis res a sobre de les pàgines de la imatge, o posa-hi un index.html.',
  'The agent of {vm} lists {have} {service}; {want} of its replicas run there.':
    'L’agent de {vm} llista {have} {service}; allà s’hi executen {want} de les seves rèpliques.',
  'The Consul agent of {vm} could not be asked: {text}':
    'No s’ha pogut preguntar a l’agent de Consul de {vm}: {text}',
  'any VM': 'cap màquina virtual',
  'nobody was asked': 'no s’ha preguntat a ningú',
  'The job registers nginx, too, and Consul does not list it.':
    'El treball també registra nginx, i Consul no el llista.',
  'The catalog does not list {service}.': 'El catàleg no llista {service}.',
  "The catalog lacks the lab's own service {service}.":
    'Al catàleg hi falta el servei {service}, que és del laboratori.',
  'The catalog still lists nginx, registered by the job on {vm}.':
    'El catàleg encara llista nginx, registrat pel job a {vm}.',
  'The apache job must register apache only.': 'El job d’apache només ha de registrar apache.',
  'The agent of {vm} gave other services than the others.':
    'L’agent de {vm} ha donat uns serveis diferents dels altres.',
  'The catalog has {have} entries for {want, plural, one {# replica} other {# replicas}}, or others.':
    'El catàleg té {have, plural, one {# entrada} other {# entrades}} per a {want, plural, one {# rèplica} other {# rèpliques}}, o unes altres.',
  'One service block called apache, in one task, gives one entry for each replica.':
    'Un sol bloc service que es digui apache, en una sola tasca, dona una entrada per a cada rèplica.',
  'Stopping {vm} had no effect: Nomad says {nomad}, Consul says {consul}.':
    'Aturar {vm} no ha tingut efecte: Nomad diu {nomad}, Consul diu {consul}.',
  'Not handed in: {why}.': 'No presentat: {why}.',
  'no file of the folder is for this item': 'cap fitxer de la carpeta és per a aquest apartat',
  'Save the job file as plain text whose name ends in .nomad, in the folder itself.':
    'Desa el fitxer del job com a text pla, amb un nom que acabi en .nomad, dins de la carpeta mateixa.',
  'Which file is meant? {files} are equally near.': 'Quin fitxer és? {files} s’hi assemblen igual.',
  'Say it in stages.yaml, for example {code}.': 'Digues-ho a stages.yaml, per exemple {code}.',
  'The job file does not parse: {text}.': 'El fitxer del job no es pot llegir: {text}.',
  'The job may not run on this cluster: {sentence}':
    'El job no es pot executar en aquest cluster: {sentence}',
  'Nomad does not accept the job: {text}.': 'Nomad no accepta el job: {text}.',
  'The run ended before this could be known.':
    'L’execució s’ha acabat abans que això es pogués saber.',
  'Run this item again.': 'Torna a executar aquest apartat.',
  'Fix the cluster and run again.': 'Arregla el cluster i torna-ho a executar.',
  'Please report this; nothing of yours.': 'Informa’n, si us plau; no és culpa teva.',
  'There was no leader.': 'No hi havia líder.',
  'Only {fit} of {needed} clients were fit.': 'Només eren aptes {fit} de {needed} clients.',
  "Nomad did not place the grader's own tiny probe job either.":
    'Nomad tampoc no ha pogut col·locar el petit job de prova del corrector.',
  'The Consul agent of {vm} listens on 127.0.0.1 only: it was asked through SSH.':
    'L’agent de Consul de {vm} només escolta a 127.0.0.1: se li ha preguntat per SSH.',
  "Set aside: Consul's entry of allocation {id} on {node} at {where} is a leftover ({kind}).":
    'No es compta: l’entrada de Consul de l’allocation {id} a {node}, a {where}, és una resta ({kind}).',
  closing: 's’està tancant',
  ghost: 'fantasma',
  stale: 'caducada',

  // ── What Nomad, HCL and Docker say
  'it is empty': 'és buit',
  'Save the file in the editor and hand it in again.':
    'Desa el fitxer a l’editor i torna’l a lliurar.',
  'it has the quotes of a word processor': 'té les cometes d’un processador de textos',
  'Type each quote again: {code}.': 'Torna a escriure cada cometa: {code}.',
  'the block that begins here is never closed': 'el bloc que comença aquí no es tanca mai',
  'Add the {code}.': 'Afegeix la {code}.',
  'Everything stands inside {code}.': 'Tot ha de ser dins de {code}.',
  '{name} does not belong in this block': '{name} no va en aquest bloc',
  'See in which block the sheet has {name}: move it there.':
    'Mira en quin bloc té {name} l’enunciat: posa-ho allà.',
  'Give the variable a default, or write its value: nobody passes variables.':
    'Dona un valor per defecte a la variable, o escriu-ne el valor: ningú no passa variables.',
  'a number is wanted here': 'aquí hi va un número',
  'Write the number without words or quotes.': 'Escriu el número sense paraules ni cometes.',
  'Compare this line with the sheet.': 'Compara aquesta línia amb l’enunciat.',
  'Name the same port in network, in ports and in the service: {code}.':
    'Posa el mateix port a network, a ports i al servei: {code}.',
  'its service names the port "{port}", which network has not':
    'el seu servei anomena el port «{port}», que no és a network',
  'its region is not one of this cluster': 'la seva regió no és d’aquest cluster',
  'Take the line with region out: the sheet has none.':
    'Treu la línia de region: l’enunciat no en té cap.',
  'it names no datacenter': 'no diu cap centre de dades',
  'Add {code} to the job.': 'Afegeix {code} al job.',
  'Set {code} in every service block.': 'Posa {code} a cada bloc service.',
  'its {name} is a {have}, and Nomad wants a value of type {type}':
    '{name} és de tipus {have}, i Nomad vol un valor de tipus {type}',
  'Write numbers and true or false without quotes.':
    'Escriu els números i true o false sense cometes.',
  '{code} says the same.': '{code} diu el mateix.',
  'The port of the service must be a label of the network block.':
    'El port del servei ha de ser una etiqueta del bloc network.',
  'In {code} stand image, ports and other options of the docker driver.':
    'A {code} hi van image, ports i altres opcions del driver docker.',
  'it has no argument called {name}': 'no té cap argument que es digui {name}',
  'Move count out of {code}, to the group.': 'Treu count de {code} i posa’l al grup.',
  'Write {code}, the label of {port} in network.': 'Escriu {code}, l’etiqueta de {port} a network.',
  'config publishes the port "{port}"': 'config publica el port «{port}»',
  'Write {code} in the task.': 'Escriu {code} a la tasca.',
  'Set {code} in the task.': 'Posa {code} a la tasca.',
  'Leave type out: Nomad then runs a service.': 'Treu type: llavors Nomad executa un servei.',
  "Use the sheet's image, without a registry before it.":
    'Fes servir la imatge de l’enunciat, sense cap registre al davant.',
  'Set count as the sheet has it.': 'Posa el count de l’enunciat.',
  'Give the job another name, as {code} on the sheet.':
    'Posa un altre nom al job, com {code} a l’enunciat.',
  'Remove it: the sheet does not need it.': 'Treu-ho: l’enunciat no ho necessita.',

  // ── What was seen
  '{name} is {status}': '{name}: {status}',
  '{name} ({id}, version {version}) on {vm} is {status}':
    '{name} ({id}, versió {version}) a {vm}: {status}',
  'evaluation {id} is blocked': 'l’avaluació {id} està bloquejada',
  '{id} at {where} is critical': '{id} a {where} és crític',
  '{id} at {where} is listed': '{id} a {where} és a la llista',
  '{id} at {where} is gone': '{id} a {where} ja no hi és',
  '{where} answers {what}': '{where} respon {what}',

  // ── The command line
  '{description} (default: {value})': '{description} (per defecte: {value})',
  '{flag} is a number from {min} to {max}, not "{text}".':
    '{flag} és un nombre de {min} a {max}, no «{text}».',
  '{flag} is a whole number from {min} to {max}, not "{text}".':
    '{flag} és un nombre enter de {min} a {max}, no «{text}».',
  '{flag} is {most} or {last}, not "{text}".': '{flag} és {most} o {last}, no «{text}».',
  '{flag} is the file to write, and "{path}" is a folder.':
    '{flag} és el fitxer que s’ha d’escriure, i «{path}» és una carpeta.',
  '{flag} is the file to write, and "{path}" is no name.':
    '{flag} és el fitxer que s’ha d’escriure, i «{path}» no és cap nom.',
  'Nothing can be written to {path} ({code}): see whose folder it is (an earlier run with {sudo}?), or give another {flag}.':
    'No es pot escriure res a {path} ({code}): mira de qui és la carpeta (un cop anterior amb {sudo}?), o posa un altre {flag}.',
  '{flag} is made for one run and gone after it; give a cluster file here. {code} makes a lab that stays.':
    '{flag} es fa per a una sola correcció i després desapareix; aquí posa un fitxer de cluster. {code} fa un laboratori que es queda.',
  '{flag} is a folder, and here it is empty.': '{flag} és una carpeta, i aquí és buit.',
  'There is no folder {path}.': 'No hi ha cap carpeta {path}.',
  'There is no folder {path}: make it, or name the folder with {flag}.':
    'No hi ha cap carpeta {path}: fes-la, o digues quina és amb {flag}.',
  '{flag} is lab, local or a cluster file, and here is empty.':
    '{flag} és lab, local o un fitxer de cluster, i aquí és buit.',
  'There is no cluster file {path}.': 'No hi ha cap fitxer de cluster {path}.',
  '{path} is in the folder that is graded, and nothing there configures the grader: say {lab}, or {file}.':
    '{path} és a la carpeta que es corregeix, i res d’allà no configura el corrector: posa {lab}, o {file}.',
  'Which cluster? {variable} is set, but no cluster file is here: say {lab}, or {file}.':
    'Quin cluster? {variable} està definida, però aquí no hi ha cap fitxer de cluster: posa {lab}, o {file}.',
  '{flag} knows {all} and {groups}; not "{text}".': '{flag} coneix {all} i {groups}; no «{text}».',
  '{path} is there already: give another {flag}, or {force} to write over it.':
    '{path} ja existeix: posa un altre {flag}, o {force} per escriure-hi a sobre.',
  '{named} is no address of a server.': '{named} no és l’adreça de cap servidor.',
  'Asking {server} …': 'Preguntant a {server} …',
  '{path} is written: the server {server}, clients {names}.':
    '{path} ja és escrit: el servidor {server}, els clients {names}.',
  '{path} is written: the server {server}, clients none.':
    '{path} ja és escrit: el servidor {server}, i cap client.',
  'Next: {code}': 'Ara: {code}',
  'grade: nothing was written: {why}': 'grade: no s’ha escrit res: {why}',
  "Address of the server's VM": 'Adreça de la màquina virtual del servidor',
  'write a cluster file by asking the cluster itself':
    'escriu un fitxer de cluster preguntant al cluster mateix',
  'of the server (else {usual})': 'del servidor (si no, {usual})',
  'where it is written': 'on s’escriu',
  'write over a file that is there': 'escriu a sobre d’un fitxer que ja hi és',
  "print the cluster file's JSON Schema, and nothing else":
    'mostra l’esquema JSON del fitxer de cluster, i res més',
  'Exit: 0 fit, 2 not fit, 64 usage. It changes nothing, but for {flag}.':
    'Codi de sortida: 0 apte, 2 no apte, 64 ordre mal escrita. No canvia res, fora de {flag}.',
  'say what of the cluster is fit, what is not, and what to do about it':
    'diu què del cluster és apte, què no ho és, i què cal fer',
  'the cluster file': 'el fitxer del cluster',
  'where the journals are': 'on són els diaris',
  'bring the images to VMs that lack them first':
    'primer porta les imatges a les màquines virtuals que no les tenen',
  'with --load: the VMs pull from this registry':
    'amb --load: les màquines virtuals les baixen d’aquest registre',
  'print what was found as JSON': 'mostra el que s’ha trobat en JSON',
  '{flag} is for {other}.': '{flag} és per a {other}.',
  'run a simulated cluster in this process, until Ctrl-C':
    'executa un cluster simulat en aquest procés, fins a Ctrl-C',
  'where its cluster file is written': 'on s’escriu el seu fitxer de cluster',
  'the same seed gives the same lab': 'la mateixa llavor dona el mateix laboratori',
  'cluster seconds per second, {fastest} at most':
    'segons de cluster per segon, {fastest} com a molt',
  'how many client VMs': 'quantes màquines virtuals client',
  'how a grader is to stop its VMs': 'com n’ha d’aturar les màquines virtuals qui corregeixi',
  'which Nomad it imitates: {usual} (default) or {other}':
    'quin Nomad imita: {usual} (per defecte) o {other}',
  '{simulated} cluster ({imitated}), seed {seed}, {speed} cluster second(s) a second. Ctrl-C ends it.':
    'Cluster {simulated} ({imitated}), llavor {seed}, {speed} segon(s) de cluster per segon. Ctrl-C l’acaba.',
  'Cluster file: {path}': 'Fitxer de cluster: {path}',
  'In another terminal:': 'En un altre terminal:',
  'Stop and start a VM:': 'Aturar i engegar una màquina virtual:',
  'The addresses of the exercise, for curl, nomad, consul and a browser:':
    'Les adreces de l’exercici, per a curl, nomad, consul i un navegador:',
  'Nothing is to be restored: no VM was left off, no job was left running.':
    'No hi ha res per restaurar: no ha quedat cap màquina virtual aturada ni cap job funcionant.',
  'A run that ended early was on a lab that has ended too: its journal in {dir} is closed as void.':
    'Una correcció que va acabar abans d’hora era en un laboratori que també s’ha acabat: el seu diari a {dir} es tanca sense efecte.',
  'only this cluster; otherwise each that a journal names':
    'només aquest cluster; si no, tots els que surten en un diari',
  'wait until this process is gone, then restore (grade starts it itself)':
    'espera que aquest procés hagi acabat, i llavors restaura (ho engega grade mateix)',
  'start the VMs that a killed run left off, and undo the rest of it':
    'engega les màquines virtuals que una correcció interrompuda ha deixat aturades, i desfà la resta',
  '{file} names another server now than {cluster}, where VMs were left off.':
    '{file} ara diu un altre servidor que {cluster}, on van quedar màquines virtuals aturades.',
  'Write that server into a cluster file and run: {code}':
    'Escriu aquest servidor en un fitxer de cluster i executa: {code}',
  'Nothing is left open.': 'No queda res pendent.',
  'Example:': 'Exemple:',
  'Examples:': 'Exemples:',
  'Usage:': 'Ús:',
  'Arguments:': 'Arguments:',
  'Options:': 'Opcions:',
  'Commands:': 'Ordres:',
  'show this help': 'mostra aquesta ajuda',
  '({code} says more)': '({code} en diu més)',
  'error: unknown option "{what}"': 'error: l’opció «{what}» no existeix',
  'error: unknown command "{what}"': 'error: l’ordre «{what}» no existeix',
  'error: option "{what}" wants a value': 'error: l’opció «{what}» necessita un valor',
  'error: too many arguments': 'error: hi ha massa arguments',
  'Grades the exercise on Nomad and Consul: deploys, stops VMs, looks, and reports.':
    'Corregeix l’exercici de Nomad i Consul: desplega, atura màquines virtuals, mira i n’informa.',
  '{code} lists the options of grading.': '{code} llista les opcions de corregir.',
  'show the version': 'mostra la versió',
  'show the help of a command': 'mostra l’ajuda d’una ordre',
  "the sheet's own files, on the embedded lab": 'els fitxers de l’enunciat, al laboratori inclòs',
  'submissions/anna on clusters/anna.yaml or cluster.yaml':
    'submissions/anna amb clusters/anna.yaml o cluster.yaml',
  'this folder, on the embedded lab': 'aquesta carpeta, al laboratori inclòs',
  'only these items; the score is over them': 'només aquests apartats; la nota és sobre aquests',
  'another lab': 'un altre laboratori',
  'real nomad, consul, dockerd and sshd from PATH, as root':
    'nomad, consul, dockerd i sshd de debò, del PATH, com a root',
  "Exit: 0 all passed, 1 a mark was lost, 2 something inconclusive, 64 usage, 70 the grader's own fault, 130 interrupted (after everything was restored).":
    'Codi de sortida: 0 tot superat, 1 s’ha perdut algun punt, 2 hi ha alguna cosa no concloent, 64 ordre mal escrita, 70 fallada del corrector mateix, 130 interromput (després de restaurar-ho tot).',
  'language of what is said (default: that of the environment)':
    'idioma del que es diu (per defecte, el de l’entorn)',
  "of the local cluster: {code} archives, commas between (or {variable}; default: this machine's Docker)":
    'del cluster local: arxius de {code}, separats per comes (o {variable}; per defecte, el Docker d’aquesta màquina)',
  'grade one student': 'corregeix un alumne',
  'name; finds {submission} and {cluster}': 'nom; troba {submission} i {cluster}',
  "the student's folder": 'la carpeta de l’alumne',
  'the embedded lab; a real one made here (Linux, root); a cluster file':
    'el laboratori inclòs; un de debò fet aquí (Linux, root); un fitxer de cluster',
  'where reports go': 'on van els informes',
  'only these: 01.2,02': 'només aquests: 01.2,02',
  'of the lab: the same seed gives the same run':
    'del laboratori: la mateixa llavor dona la mateixa correcció',
  'of the lab: cluster seconds per second at most':
    'del laboratori: segons de cluster per segon, com a molt',
  'of the lab or the local cluster: how many client VMs (default: 3)':
    'del laboratori o del cluster local: quantes màquines virtuals client (per defecte, 3)',
  'of the local cluster: lowered is quicker (default)':
    'del cluster local: lowered és més ràpid (per defecte)',
  'how VMs are stopped': 'com s’aturen les màquines virtuals',
  'no single wait is longer': 'cap espera no dura més',
  'no run is longer': 'cap correcció no dura més',
  'leave the last job running': 'deixa l’últim job funcionant',
  'purge jobs called nginx or apache that are not ours':
    'elimina els jobs nginx o apache que no són nostres',
  'stop VMs though jobs of others run on them':
    'atura màquines virtuals encara que hi hagi jobs d’altres',
  'print result.json alone on stdout': 'mostra només result.json per stdout',
  'the run ended without a result.': 'la correcció ha acabat sense cap resultat.',
  'grade: nothing was graded: {why}': 'grade: no s’ha corregit res: {why}',
  'Interrupted: bringing the VMs back first (again to leave that to the watcher).':
    'Interromput: primer es tornen a engegar les màquines virtuals (un altre cop, per deixar-ho al vigilant).',
  'Starting a local cluster.': 'S’engega un cluster local.',

  // ── grade check
  'It builds on {item}.': 'Es basa en {item}.',
  'The lab cannot show this: compare it with the sheet, or try it on a cluster.':
    'El laboratori no ho pot mostrar: compara-ho amb l’enunciat, o prova-ho en un cluster.',
  'The service names the port {port}, and the network block has no such port.':
    'El servei anomena el port {port}, i el bloc network no té cap port que es digui així.',
  'It builds on {item}: mend that one.': 'Es basa en {item}: arregla aquell.',
  'On the lab: {sentence}': 'Al laboratori: {sentence}',
  'would pass here': 'aquí se superaria',
  'would be lost': 'es perdria',
  'cannot be told': 'no es pot dir',
  'nothing found against it in the files': 'als fitxers no s’hi veu cap error',
  'Check of {dir}: what the grader would see. It is no grade.':
    'Comprovació de {dir}: el que veuria el corrector. No és cap nota.',
  'The files': 'Els fitxers',
  'No job file for nginx or apache was found here.':
    'Aquí no s’ha trobat cap fitxer de job de nginx ni d’apache.',
  'It looks at: {what}': 'Què s’hi mira: {what}',
  'On the sheet: {where}': 'A l’enunciat: {where}',
  'Note: {note}': 'Nota: {note}',
  'What stands now on the cluster at {server}: one look, and nothing was changed.':
    'Què hi ha ara al cluster de {server}: s’ha mirat un sol cop i no s’ha canviat res.',
  'it stands': 'hi és',
  'not now': 'ara no',
  'The lab told nothing: {why}': 'El laboratori no ha dit res: {why}',
  'Would be lost: {items}.': 'Es perdrien: {items}.',
  'Cannot be told: {items}.': 'No es pot dir: {items}.',
  'Would pass here, on the lab: {items}.': 'Aquí, al laboratori, se superarien: {items}.',
  'Nothing was found in the files against {items}; only a run shows more.':
    'Als fitxers no s’ha vist cap error de {items}; més enllà d’això, cal executar-los.',
  'Nomad runs no job called {id}.': 'Nomad no executa cap job que es digui {id}.',
  'It is seen with two VMs off, and {off, plural, one {# is} other {# are}} off now.':
    'Es veu amb dues màquines virtuals aturades, i ara n’hi ha {off, plural, one {# aturada} other {# aturades}}.',
  'It is seen after the VM of the replica was stopped, while that VM is off.':
    'Es veu després d’aturar la màquina virtual de la rèplica, mentre aquesta màquina és aturada.',
  '“{heading}”, part {part}, number {number}': '«{heading}», part {part}, número {number}',
  '“{title}”': '«{title}»',
  'Exit: 0 nothing would be lost, 1 something would, 2 it cannot be known, 64 usage. Nothing is registered or stopped on a cluster.':
    'Sortida: 0 no es perdria res, 1 es perdria alguna cosa, 2 no es pot saber, 64 mal ús. En un cluster no es registra ni s’atura res.',
  'check your own files before you hand them in': 'comprova els teus fitxers abans de lliurar-los',
  'a cluster file: look also at what runs there now, and change nothing':
    'un fitxer de cluster: mira també què s’hi executa ara, sense canviar res',
  'read the files only: do not run them on the embedded lab':
    'només llegeix els fitxers: no els executis al laboratori incorporat',
  'Perhaps nothing answers at its port: {because}.':
    'Potser no respon ningú al seu port: {because}.',
  'The job asks for port {port}, and this item wants {want}.':
    'El job demana el port {port}, i aquest apartat vol el {want}.',
  'The job leaves the port to Nomad, and this item wants {want}.':
    'El job deixa que Nomad triï el port, i aquest apartat vol el {want}.',
  'What {name} comes to, only Nomad itself can tell.':
    'Quin valor té {name}, només ho pot dir el mateix Nomad.',
  'Write the value as on the sheet, or see what a cluster makes of it.':
    'Escriu el valor com a l’enunciat, o mira què en fa un cluster.',

  // ── The report
  passed: 'superat',
  failed: 'no superat',
  blocked: 'bloquejat',
  inconclusive: 'no concloent',
  partial: 'parcial',
  'not handed in': 'no presentat',
  'Nomad and Consul exercise': 'Exercici de Nomad i Consul',
  'by the lab: no real cluster was looked at.':
    '(simulat) pel laboratori: no s’ha mirat cap cluster real.',
  '{marks} of {max}': '{marks} de {max}',
  'not known': 'no se sap',
  'not looked at': 'no s’ha mirat',
  met: 'es compleix',
  'not met': 'no es compleix',
  wire: 'web',
  exact: 'exacte',
  nearest: 'el més semblant',
  'stages.yaml': 'stages.yaml',
  derived: 'derivat',
  git: 'git',
  '{file} was not used: {why}': '{file} no s’ha fet servir: {why}',
  'Inconclusive: {items}. No mark was given or taken there. Run again with {flag} to grade only that.':
    'No concloent: {items}. Aquí no s’ha donat ni tret cap punt. Torna-ho a executar amb {flag} per corregir només això.',
  'Only these items were asked for: {items}. The others are not in this mark.':
    'Només s’han demanat aquests apartats: {items}. Els altres no són en aquesta nota.',
  'The run ended before these items had a verdict: {items}.':
    'L’execució s’ha acabat abans que aquests apartats tinguessin resultat: {items}.',
  'the embedded lab': 'el laboratori inclòs',
  'the lab at {server}': 'el laboratori de {server}',
  'the local cluster': 'el cluster local',
  'the cluster at {server}': 'el cluster de {server}',
  'by cutting the power': 'tallant el corrent',
  'in order': 'de manera ordenada',
  Cluster: 'Cluster',
  Clients: 'Clients',
  Datacenter: 'Centre de dades',
  Versions: 'Versions',
  'VMs were stopped': 'Les màquines virtuals s’han aturat',
  Seed: 'Llavor',
  Submission: 'Lliurament',
  Began: 'Inici',
  Ended: 'Final',
  Grader: 'Corrector',
  Rubric: 'Rúbrica',
  Evidence: 'Proves',
  'a student without a name': 'un alumne sense nom',
  '{left} later changes are only in {file}.':
    'Hi ha {left, plural, one {# canvi posterior} other {# canvis posteriors}} que només {left, plural, one {és} other {són}} a {file}.',
  'cut stops': 'aturades sense corrent',
  'orderly stops': 'aturades ordenades',
  '{exercise}: {who}, on {where} ({stop})': '{exercise}: {who}, amb {where} ({stop})',
  '{exercise}: {who}, on {where} ({stop}, seed {seed})':
    '{exercise}: {who}, amb {where} ({stop}, llavor {seed})',
  '{attempts} tries': '{attempts} intents',
  'Score: {mark}': 'Nota: {mark}',
  'Report: {path}': 'Informe: {path}',
  'at {where}': 'a {where}',
  'At {where}': 'A {where}',
  'What to do:': 'Què has de fer:',
  'What to do: {hint}': 'Què has de fer: {hint}',
  'Seen (seconds since the run began):': 'Vist (segons des del començament):',
  '{earlier} earlier changes are in the report':
    '{earlier, plural, one {# canvi anterior és} other {# canvis anteriors són}} a l’informe',
  '{exercise}, graded {date}': '{exercise}, corregit el {date}',
  Item: 'Apartat',
  Verdict: 'Resultat',
  Marks: 'Punts',
  Time: 'Temps',
  'Notes on the run': 'Notes sobre l’execució',
  'The run': 'L’execució',
  Notes: 'Notes',
  'Seconds since the run began': 'Segons des del començament',
  Witness: 'Testimoni',
  'What was seen': 'Què s’ha vist',
  'Files that were graded': 'Fitxers que s’han corregit',
  For: 'Per a',
  File: 'Fitxer',
  'How it was found': 'Com s’ha trobat',
  '{passed}, late: expected after {expected}':
    '{passed}, amb retard: s’esperava al cap de {expected}',
  '{passed} of about {expected}': '{passed} d’uns {expected}',

  // ── grade report: scales, the teacher’s word, gradebooks
  'The grade of {student} is over these items only: {items}.':
    'La nota de {student} és només d’aquests apartats: {items}.',
  'by the teacher': 'pel professorat',
  'The teacher decided on {items}: see there.':
    'El professorat ha decidit sobre {items}: mira-ho a cada apartat.',
  'Grade: {grade} on the scale {scale}; {unrounded} before rounding ({rounding}).':
    'Nota: {grade} a l’escala {scale}; {unrounded} abans d’arrodonir ({rounding}).',
  student: 'estudiant',
  state: 'estat',
  marks: 'punts',
  lowest: 'mínim',
  highest: 'màxim',
  of: 'sobre',
  grade: 'nota',
  unrounded: 'sense arrodonir',
  label: 'qualificació',
  scale: 'escala',
  verdict: 'resultat',
  'graded at': 'corregit el',
  graded: 'corregit',
  simulated: 'simulat',
  waived: 'dispensat',
  yes: 'sí',
  feedback: 'comentaris',
  'Graded on a simulated cluster.': 'Corregit en un clúster simulat.',
  '{points, number} of {max, number} marks': '{points, number} punts de {max, number}',
  'The waiver of {item} ended on {until} and was not applied: {reason}':
    'La dispensa de {item} es va acabar el {until} i no s’ha aplicat: {reason}',
  'By the teacher, {date}: {marks, number} of {max, number} marks, whatever was seen. {reason}':
    'Decisió del professorat, {date}: {marks, number} punts de {max, number}, s’hagi vist el que s’hagi vist. {reason}',
  'Waived by the teacher until {until}: it does not count. {reason}':
    'Dispensat pel professorat fins al {until}: no compta. {reason}',
  '{path} cannot be read ({code}).': 'No es pot llegir {path} ({code}).',
  'Correct that line; {page} says what the file may hold.':
    'Corregeix aquesta línia; {page} diu què pot contenir el fitxer.',
  '{path} is no folder of a run.': '{path} no és la carpeta de cap execució.',
  'Name one that holds {file}, for example {example}.':
    'Posa’n una que contingui {file}, per exemple {example}.',
  '{evidence} is not the one that {result} was made from: its SHA-256 is another.':
    '{evidence} no és el fitxer del qual es va fer {result}: el seu SHA-256 és un altre.',
  'Take both as the run wrote them.': 'Fes servir tots dos tal com els va escriure l’execució.',
  '{path} is no result of this grader.': '{path} no és cap resultat d’aquest corrector.',
  'This is no grading worksheet of Moodle: it has no column {column}.':
    'Això no és cap full de qualificacions de Moodle: no té la columna {column}.',
  '{student} has more than one row: none was changed.':
    '{student} té més d’una fila: no se n’ha canviat cap.',
  '{student} has no row in the worksheet.': '{student} no té cap fila al full.',
  '{student} is the same row as another student.':
    '{student} és la mateixa fila que un altre estudiant.',
  'The worksheet says that the grade of {student} cannot be changed.':
    'El full diu que la nota de {student} no es pot canviar.',
  'The row of {name} has no result.': 'La fila de {name} no té cap resultat.',
  'The worksheet grades {student} up to {max}, and the scale goes up to {scale}.':
    'El full qualifica {student} fins a {max}, i l’escala arriba a {scale}.',
  'take results of the lab for grades': 'accepta com a notes els resultats del laboratori',
  'the grading worksheet that you downloaded from Moodle':
    'el full de qualificacions que has baixat de Moodle',
  'print what runs found, for a reader or a program':
    'mostra què han trobat les execucions, per a qui ho llegeix o per a un programa',
  "folders of runs; several of one student's are merged":
    'carpetes d’execucions; si n’hi ha més d’una del mateix estudiant, s’ajunten',
  'one of {words}': 'un de {words}',
  'write it there (a folder for allure and classroom50)':
    'escriu-ho aquí (una carpeta per a allure i classroom50)',
  'the scale of the grade; otherwise that of grading.yaml':
    'l’escala de la nota; si no, la de grading.yaml',
  "the teacher's word; otherwise overrides.yaml":
    'les decisions del professorat; si no, overrides.yaml',
  'print what would change in the worksheet, and change nothing':
    'mostra què canviaria al full, sense canviar res',
  "what Moodle's import finds users by": 'per què troba els usuaris la importació de Moodle',
  '{dialect} is of one student, and these runs are of {students}.':
    '{dialect} és d’un sol estudiant, i aquestes execucions són de {students}.',
  'The result of {student} is SIMULATED and {dialect} is for grades: grade on a real cluster, or say {flag}.':
    'El resultat de {student} és SIMULAT i {dialect} és per a notes: corregeix en un clúster real, o afegeix {flag}.',
  '{path} is in the folder that was graded, and nothing there says a mark.':
    '{path} és a la carpeta que s’ha corregit, i res d’allà no decideix cap nota.',
  '{item} of {dir} is judged otherwise by this version: print it in its own language ({language}).':
    'Aquesta versió jutja {item} de {dir} d’una altra manera: mostra’l en el seu idioma ({language}).',
  '{dir} has no {file}: its result can be printed as it is, but not merged or translated.':
    '{dir} no té {file}: el resultat es pot mostrar tal com és, però no ajuntar ni traduir.',
  '{dialect} runs in its own job: {names} must be set in the environment.':
    '{dialect} s’executa al seu job: l’entorn ha de tenir {names}.',
  'There is no grade yet, because something is inconclusive: the earlier stays.':
    'Encara no hi ha nota, perquè alguna cosa no és concloent: es manté l’anterior.',
  'The marks of {first} and {other} are not of the same items: merge the runs of each, or give {flag}.':
    'Els punts de {first} i de {other} no són dels mateixos apartats: ajunta les execucions de cadascú, o afegeix {flag}.',
  '{dialect} needs {flag}: the file that you downloaded from the assignment.':
    '{dialect} necessita {flag}: el fitxer que has baixat de la tasca.',
  'Lost by the submission': 'Perdut pel lliurament',
  'Nobody’s fault but the cluster’s or the grader’s':
    'Culpa del clúster o del corrector, no de l’estudiant',
  'Blocked, or not handed in': 'Bloquejat o no presentat',

  // ── The report page
  'no picture: no Chromium or Chrome was found':
    'sense imatge: no s’ha trobat cap Chromium ni Chrome',
  'no picture: it would be too large': 'sense imatge: seria massa gran',
  'no picture: the browser could not make one': 'sense imatge: el navegador no l’ha pogut fer',
  'a picture of the page of 02.2 (default: not on the lab, not as root)':
    'una imatge de la pàgina de 02.2 (per defecte: no al laboratori ni com a root)',
  'no such picture': 'sense aquesta imatge',
  Class: 'Classe',
  Student: 'Alumne',
  Mark: 'Nota',
  '{n, plural, one {# student} other {# students}}':
    '{n, plural, one {# alumne} other {# alumnes}}',
  'not graded': 'no corregit',
  'Each sign is a verdict; its word is in the legend below.':
    'Cada signe és un resultat; la llegenda de sota diu quin.',
  Items: 'Apartats',
  Criteria: 'Criteris',
  'What happened in {id}': 'Què va passar a {id}',
  '{n, plural, one {# virtual machine on which nothing happened is not drawn.} other {# virtual machines on which nothing happened are not drawn.}}':
    '{n, plural, one {# màquina virtual on no va passar res no es dibuixa.} other {# màquines virtuals on no va passar res no es dibuixen.}}',
  'the grader': 'el corrector',
  '{stage} is registered': 'es registra {stage}',
  'Nomad cannot place a replica': 'Nomad no pot col·locar una rèplica',
  stopped: 'aturada',
  foretold: 'previst',
  'Nomad misses it': 'Nomad la troba a faltar',
  'gone for Nomad and Consul': 'fora per a Nomad i Consul',
  'started again': 'engegada un altre cop',
  'a fault': 'una fallada',
  'waited {spent, number} s': 's’han esperat {spent, number} s',
  '{spent, number} s of {budget, number} s: nothing changed any more':
    '{spent, number} s de {budget, number} s: ja no canviava res',
  '{spent, number} s: all of {budget, number} s were up':
    '{spent, number} s: s’han exhaurit els {budget, number} s',
  '{spent, number} s of {budget, number} s: waiting could not help':
    '{spent, number} s de {budget, number} s: esperar no servia de res',
  'waited {spent, number} s of {budget, number} s':
    's’han esperat {spent, number} s de {budget, number} s',
  'replica {id}': 'rèplica {id}',
  '{what} at {at, number} s': '{what} al segon {at, number}',
  'replica {id} {state} from {from, number} to {to, number} s':
    'rèplica {id} {state} del segon {from, number} al {to, number}',
  'nothing happened here': 'aquí no va passar res',
  'a replica runs (its allocation and version)':
    'hi ha una rèplica en marxa (la seva assignació i versió)',
  'Nomad has placed it, and it does not run yet': 'Nomad l’ha col·locada i encara no està en marxa',
  'it answers over HTTP': 'respon per HTTP',
  'it does not answer': 'no respon',
  'below a replica: Consul lists it': 'sota una rèplica: Consul la té a la llista',
  'Consul lists it as critical': 'Consul la té com a crítica',
  'Consul still lists it though it has ended': 'Consul encara la té encara que s’ha acabat',
  'Nomad or Consul says that the virtual machine is not there':
    'Nomad o Consul diu que la màquina virtual no hi és',
  'DNS gives the address of the virtual machine': 'el DNS dona l’adreça de la màquina virtual',
  'the grader waits; at the end all has to stay as it is':
    'el corrector espera; al final tot ha de quedar igual',
  'How to read the pictures': 'Com es llegeixen els dibuixos',
  'The page at {where}: {title}': 'La pàgina a {where}: {title}',

  // ── While a run goes on
  '{name} takes no replica in this run: {why}.':
    '{name} no rep cap rèplica en aquesta execució: {why}.',
  '{name} takes no replica until it is fit again: {why}.':
    '{name} no rep cap rèplica fins que torni a ser apta: {why}.',
  '{name} could not be made eligible again: {why}':
    'No s’ha pogut fer que {name} torni a rebre feina: {why}',
  '{names} is not fit any more.': '{names} ja no és apta.',
  '{names} is fit now.': '{names} ara és apta.',
  'VMs could not all be started again: {why}':
    'No s’han pogut tornar a engegar totes les màquines virtuals: {why}',
  "The evidence judged again gave another result: the grader's own fault. Please report it.":
    'Les proves, jutjades un altre cop, han donat un altre resultat: és culpa del corrector. Informa’n, si us plau.',
  'VMs were not switched off: they were taken off the network, which to Nomad and Consul is a power cut (isolate).':
    'Les màquines virtuals no s’han apagat: s’han desconnectat de la xarxa, que per a Nomad i Consul és un tall de corrent (isolate).',
  'VMs were started again by the power driver {driver}.':
    'Les màquines virtuals s’han tornat a engegar amb el driver {driver}.',
  '{file}: {sentence}': '{file}: {sentence}',
  'commit {commit} of {path}': 'commit {commit} de {path}',
  'from the file of {stage}': 'del fitxer de {stage}',
  'The first try was inconclusive; this is the second.':
    'El primer intent no va ser concloent; aquest és el segon.',
  '{up, plural, one {# client is} other {# clients are}} enough here.':
    '{up, plural, one {Aquí n’hi ha prou amb # client} other {Aquí n’hi ha prou amb # clients}}.',
  '{vm}: Nomad missed its heartbeat after {missed, number, ::.0} s; its timers had foretold {foretold, number, ::.0} s.':
    '{vm}: Nomad n’ha trobat a faltar el batec al cap de {missed, number, ::.0} s; els seus temporitzadors havien predit {foretold, number, ::.0} s.',
  'Nomad and Consul see that {vms} is gone': 'Nomad i Consul noten l’aturada de {vms}',
  'The job {id} of {before} was purged first.': 'Abans s’ha eliminat el job {id} de {before}.',
  'The image is {image}; the sheet uses {usual}.':
    'La imatge és {image}; l’enunciat fa servir {usual}.',
  "a job called {id} is somebody else's": 'hi ha un job {id} que és d’algú altre',
  'What {stage} had deployed does not stand any more: {why}':
    'El que {stage} havia desplegat ja no hi és: {why}',
  'what {stage} deployed stands': 'el que {stage} ha desplegat hi és',
  'Nomad could not parse {file}: {said}': 'Nomad no ha pogut llegir {file}: {said}',
  'the page is served at every address': 'se serveix la pàgina a totes les adreces',
  'the scheduler shows that it is alive': 'el planificador demostra que és viu',
  'every agent says what it has registered': 'cada agent diu què té registrat',
  'the catalog says where it is': 'el catàleg diu on és',
  '{service} settles on {replicas} replica(s)':
    '{service} s’estabilitza amb {replicas, plural, one {# rèplica} other {# rèpliques}}',
  '{replicas} replicas on {count} VM(s) ({vms}): DNS gives {count} address(es).':
    '{replicas} rèpliques en {count, plural, one {# màquina virtual} other {# màquines virtuals}} ({vms}): el DNS dona {count, plural, one {# adreça} other {# adreces}}.',
  "Somebody else changed the job {job} while it was graded: Nomad has version {version} of it, which is not the student's.":
    'Algú altre ha canviat el job {job} mentre es corregia: Nomad en té la versió {version}, que no és la de l’alumne.',
  'See that nobody else works on this cluster, and run this item again.':
    'Comprova que ningú més treballi en aquest cluster, i torna a executar aquest apartat.',
  '{vm} was stopped already.': '{vm} ja estava aturada.',
  'Run it again.': 'Torna-ho a executar.',
  '{vm}: stopping by a cut': '{vm}: s’està aturant de cop',
  '{vm}: stopping in order': '{vm}: s’està aturant ordenadament',
  '{vm}: starting': '{vm}: s’està engegant',
  '{vm}: back': '{vm}: ja torna a ser-hi',
  '{vm} did not come back.': '{vm} no ha tornat.',
  '{names} came back, but not all fit.': '{names}: han tornat, però no totes són aptes.',
  'Nomad knows no client {name}.': 'Nomad no coneix cap client {name}.',
  'The run had taken all the time that {flag} allows.':
    'L’execució ha esgotat tot el temps que permet {flag}.',
  'Run this item again, alone ({items}) or with a later {flag}.':
    'Torna a executar aquest apartat, sol ({items}) o amb un {flag} més llarg.',
  'See that the VM runs, with Nomad, Docker and Consul on it, and grade this item again.':
    'Comprova que la màquina virtual funcioni, amb Nomad, Docker i Consul, i torna a corregir aquest apartat.',

  // ── Faults of the cluster and of the ways to it
  '{at}: {seen}.': '{at}: {seen}.',
  '{vm} ({address} through {between})': '{vm} ({address} a través de {between})',
  '{vm} ({address})': '{vm} ({address})',
  'nothing listens there': 'no hi escolta ningú',
  'See whether the VM is up and sshd runs.':
    'Mira si la màquina virtual està engegada i si sshd hi funciona.',
  'there is no way to that machine': 'no hi ha cap camí cap a aquesta màquina',
  'See whether the VM is switched on and the network between is up.':
    'Mira si la màquina virtual està engegada i si la xarxa d’entremig funciona.',
  'no answer came in time': 'no ha respost a temps',
  'See whether the VM is switched on, sshd runs, and no firewall drops the packets.':
    'Mira si la màquina virtual està engegada, si sshd hi funciona, i que cap tallafoc no descarti els paquets.',
  'the connection was closed before the login': 'la connexió s’ha tancat abans d’entrar',
  'See whether sshd runs; while a VM starts it may close what it just accepted.':
    'Mira si sshd funciona; mentre una màquina virtual s’engega pot tancar el que acaba d’acceptar.',
  'nothing forwards that port': 'ningú reenvia aquest port',
  'See whether the VM is switched on and its port forwarding names that port.':
    'Mira si la màquina virtual està engegada i si el seu reenviament de ports inclou aquest port.',
  'the forwarded port was closed again before the login':
    'el port reenviat s’ha tornat a tancar abans d’entrar',
  'See whether the VM has started and sshd runs in it.':
    'Mira si la màquina virtual ja ha arrencat i si sshd hi funciona.',
  'the key file {path} cannot be read ({code})':
    'el fitxer de la clau {path} no es pot llegir ({code})',
  'Name the private key under "{key}" in the cluster file.':
    'Digues quina és la clau privada a «{key}» del fitxer del cluster.',
  'the key file {path} is in a format that is not understood ({said})':
    'el fitxer de la clau {path} té un format que no s’entén ({said})',
  "Convert it to OpenSSH's format: {code}": 'Converteix-la al format d’OpenSSH: {code}',
  'the key file {path} is in the format {format}, which is not understood':
    'el fitxer de la clau {path} té el format {format}, que no s’entén',
  "the key file {path} is in PuTTY's format (PPK), which is not understood":
    'el fitxer de la clau {path} té el format de PuTTY (PPK), que no s’entén',
  'Convert it: {code}': 'Converteix-la: {code}',
  'the key file {path} is locked by a passphrase, and none was given':
    'el fitxer de la clau {path} està protegit amb una frase de pas, i no se n’ha donat cap',
  'the passphrase that was given does not open the key file {path}':
    'la frase de pas que s’ha donat no obre el fitxer de la clau {path}',
  'Give it in the environment variable {variable}, load the key into an SSH agent ({code}), or use a key without one.':
    'Dona-la a la variable d’entorn {variable}, carrega la clau en un agent SSH ({code}), o fes servir una clau que no en tingui.',
  'the SSH agent {agent} does not answer': 'l’agent SSH {agent} no respon',
  'Start it, or correct "{key}" in the cluster file.':
    'Engega’l, o corregeix «{key}» al fitxer del cluster.',
  'there is no key, no agent with a key and no password to log in with':
    'no hi ha cap clau, ni cap agent amb una clau, ni cap contrasenya per entrar-hi',
  'its host key is {seen} ({type}), and the cluster file says {wanted}':
    'la seva clau d’amfitrió és {seen} ({type}), i el fitxer del cluster diu {wanted}',
  'If the VM was made again, write the new fingerprint into the cluster file ({code}); if it was not, find out who answers there.':
    'Si la màquina virtual s’ha tornat a fer, escriu l’empremta nova al fitxer del cluster ({code}); si no, esbrina qui hi respon.',
  'its host key has changed: it was {old} ({file}), and is now {seen}':
    'la seva clau d’amfitrió ha canviat: era {old} ({file}), i ara és {seen}',
  'If the VM was made again, forget the old one: {code}; if it was not, find out who answers there.':
    'Si la màquina virtual s’ha tornat a fer, oblida la vella: {code}; si no, esbrina qui hi respon.',
  'its host key {seen} is revoked ({file})':
    'la seva clau d’amfitrió {seen} està revocada ({file})',
  'Find out who answers there.': 'Esbrina qui hi respon.',
  'its host key {seen} is not known, and {setting} is yes':
    'la seva clau d’amfitrió {seen} no es coneix, i {setting} és yes',
  'Compare it on the VM ({code}), then log in once: {login}':
    'Compara-la a la màquina virtual ({code}), i després entra-hi un cop: {login}',
  '"{command}" did not end within {ms} ms': '«{command}» no ha acabat en {ms} ms',
  'Try by hand: {code}': 'Prova-ho a mà: {code}',
  'what "{command}" was to read broke off: {said}':
    'el que «{command}» havia de llegir s’ha tallat: {said}',
  'sshd answers, but did not finish the login in time':
    'sshd respon, però no ha acabat l’entrada a temps',
  "See sshd's log on the VM; a slow name server (UseDNS) or a full disk can be why.":
    'Mira el registre de sshd a la màquina virtual; pot ser per un servidor de noms lent (UseDNS) o per un disc ple.',
  'something accepts the connection there, but no SSH handshake was done in time':
    'alguna cosa hi accepta la connexió, però l’inici de SSH no s’ha fet a temps',
  'See whether the VM hangs or still starts, and that it is sshd that listens on that port.':
    'Mira si la màquina virtual s’ha penjat o encara arrenca, i que sigui sshd qui escolta en aquest port.',
  'it lets nobody in at the moment: "{text}"': 'ara mateix no deixa entrar ningú: «{text}»',
  'Wait until the VM has started; if it has, see {files} on it.':
    'Espera que la màquina virtual hagi arrencat; si ja ho ha fet, mira-hi {files}.',
  'the user {user} with {shown} was not accepted (sshd takes {accepted})':
    'l’usuari {user} amb {shown} no ha estat acceptat (sshd admet {accepted})',
  'the user {user} with {shown} was not accepted':
    'l’usuari {user} amb {shown} no ha estat acceptat',
  '{refused}; {also}': '{refused}; {also}',
  '{first} Or put the public key there ({code}), or name the right user and key under "{key}" in the cluster file.':
    '{first} O posa-hi la clau pública ({code}), o digues l’usuari i la clau correctes a «{key}» del fitxer del cluster.',
  'Put the public key there ({code}), or name the right user and key under "{key}" in the cluster file.':
    'Posa-hi la clau pública ({code}), o digues l’usuari i la clau correctes a «{key}» del fitxer del cluster.',
  'the keys of the SSH agent': 'les claus de l’agent SSH',
  'the password': 'la contrasenya',
  'the key {path}': 'la clau {path}',
  'what we have': 'el que tenim',
  'nowhere, for the file cannot be written': 'enlloc, perquè el fitxer no es pot escriure',
  '{vm} ({name}) is met for the first time: its {type} host key {seen} is trusted from now on (written into {where}).':
    'És el primer cop que es troba {vm} ({name}): d’ara endavant es confia en la seva clau d’amfitrió {type} {seen} (escrita a {where}).',
  'sshd there forbids forwarding to {where}': 'sshd no hi permet reenviar cap a {where}',
  'Write "{setting}" into {file} on {vm} and restart sshd.':
    'Escriu «{setting}» a {file} de {vm} i reinicia sshd.',
  'The SSH configuration {path} cannot be read ({code}).':
    'La configuració SSH {path} no es pot llegir ({code}).',
  'Correct "{key}" in the cluster file, or leave it out.':
    'Corregeix «{key}» al fitxer del cluster, o treu-ho.',
  '{path} reaches {name} by a ProxyCommand, which is not understood here.':
    '{path} arriba a {name} amb un ProxyCommand, que aquí no s’entén.',
  'Write the way as ProxyJump there, or as "{key}" in the cluster file.':
    'Escriu-hi el camí com a ProxyJump, o com a «{key}» al fitxer del cluster.',
  '{vm} was asked to stop by {how}, since SSH did not do: {why}':
    'S’ha demanat a {vm} que s’aturi amb {how}, perquè per SSH no s’ha pogut: {why}',
  'On {vm}, "{code}" lost its connection.': 'A {vm}, «{code}» ha perdut la connexió.',
  'On {vm}, as root, install sudo, then put this line into {file}: {line}':
    'A {vm}, com a root, instal·la sudo i després posa aquesta línia a {file}: {line}',
  'On {vm}, as root, put this line into {file}: {line}, and this line: {tty}':
    'A {vm}, com a root, posa aquesta línia a {file}: {line}, i aquesta altra: {tty}',
  'On {vm}, as root, put this line into {file}: {line}':
    'A {vm}, com a root, posa aquesta línia a {file}: {line}',
  'Something on {vm} holds the shutdown back: "{code}" names it, end that.':
    'Alguna cosa de {vm} no deixa que s’aturi: «{code}» diu quina és, acaba-la.',
  'Run that command by hand on the VM and see why it fails.':
    'Executa aquesta ordre a mà a la màquina virtual i mira per què falla.',
  'Nomad says {status}.': 'Nomad diu {status}.',
  'Nomad knows no such node.': 'Nomad no coneix aquest node.',
  'Consul says {status}.': 'Consul diu {status}.',
  'Consul knows no such node.': 'Consul no coneix aquest node.',
  'over SSH "{code}" ended with {ended}.': 'per SSH «{code}» ha acabat amb {ended}.',
  'it is shutting down.': 's’està aturant.',
  'Nomad says that its Docker is not healthy.': 'Nomad diu que el seu Docker no funciona bé.',
  'it is up, but was told to stop.': 'està engegada, però se li havia dit que s’aturés.',
  '{name} ({host}) is not back after {s} s: {seen}':
    '{name} ({host}) no ha tornat al cap de {s} s: {seen}',
  'Start {name} by hand, then run: {code}': 'Engega {name} a mà, i després executa: {code}',
  'The job {job} is not purged': 'El job {job} no s’ha eliminat',
  '{name} is still ineligible': '{name} encara no pot rebre feina',
  '{name} may be given work again.': '{name} ja torna a poder rebre feina.',
  '{name} was off and is back.': '{name} estava aturada i ja ha tornat.',
  '{name} was to be stopped and is up.': '{name} s’havia d’aturar i està engegada.',
  'The job {job} of a run that ended early was purged.':
    'S’ha eliminat el job {job} d’una correcció que va acabar abans d’hora.',
  'The job {job} may still run': 'Potser el job {job} encara s’executa',
  'The job {job} was purged, yet its container on {vm} runs on.':
    'El job {job} s’ha eliminat, però el seu contenidor de {vm} continua funcionant.',
  'End it there ({look}), then run: {code}': 'Acaba’l allà ({look}), i després executa: {code}',
  '{what}: {why}': '{what}: {why}',
  'When it answers again, run: {code}': 'Quan torni a respondre, executa: {code}',
  'embedded lab': 'laboratori inclòs',
  'local cluster': 'cluster local',
  'An earlier run died with its {what} while {off} was off: nothing of it is left, so its journal is closed as void.':
    'Una correcció anterior va morir amb el seu {what} mentre {off} estava aturada: no en queda res, i el seu diari es tanca sense efecte.',
  'An earlier run died with its {what}: nothing of it is left, so its journal is closed as void.':
    'Una correcció anterior va morir amb el seu {what}: no en queda res, i el seu diari es tanca sense efecte.',
  'The outage journal {path} cannot be written ({code}): nothing is stopped without it.':
    'El diari d’aturades {path} no es pot escriure ({code}): sense ell no s’atura res.',
  'See that the disk has room and that the folder may be written, and run it again.':
    'Mira que hi hagi lloc al disc i que es pugui escriure a la carpeta, i torna-ho a executar.',
  'The outage journal {path} cannot be read ({code}).':
    'El diari d’aturades {path} no es pot llegir ({code}).',
  'See whose it is (an earlier run with {sudo}?), and that its folder is one.':
    'Mira de qui és (un cop anterior amb {sudo}?), i que la seva carpeta ho sigui.',
  '{at}: this line of the outage journal cannot be read.':
    '{at}: aquesta línia del diari d’aturades no es pot llegir.',
  'Start every VM by hand, see that all are ready in Nomad, then remove that file.':
    'Engega totes les màquines virtuals a mà, mira que totes estiguin ready a Nomad, i després esborra aquest fitxer.',
  'An earlier run ended early and its VMs are being brought back: waiting for that.':
    'Una correcció anterior va acabar abans d’hora i s’estan tornant a engegar les seves màquines virtuals: s’hi espera.',
  'This cluster is being brought back after another run (process {pid}).':
    'Aquest cluster s’està deixant com estava després d’una altra correcció (procés {pid}).',
  'This cluster is being graded by another run (process {pid}).':
    'Una altra correcció està fent servir aquest cluster (procés {pid}).',
  'Wait until it has ended; if there is no such process, remove {path}.':
    'Espera que acabi; si aquest procés no existeix, esborra {path}.',
  '{path} is a folder, not a cluster file.': '{path} és una carpeta, no un fitxer de cluster.',
  'The cluster file {path} cannot be read ({code}).':
    'El fitxer del cluster {path} no es pot llegir ({code}).',
  'Give the path of one with {flag}, or write one with {command}.':
    'Dona el camí d’un amb {flag}, o escriu-ne un amb {command}.',
  'it is longer than 1 MiB.': 'és més llarg d’1 MiB.',
  'this key is there twice.': 'aquesta clau hi és dos cops.',
  'it is not YAML: {said}.': 'no és YAML: {said}.',
  '{at}: {what}': '{at}: {what}',
  'Correct that line; {page} lists what a cluster file may say.':
    'Corregeix aquesta línia; {page} llista què pot dir un fitxer de cluster.',
  'the whole file': 'tot el fitxer',
  '{it} is missing: {some}.': 'falta {it}: {some}.',
  '{it} is missing.': 'falta {it}.',
  '{it} must be {wanted}, and is {is} (write it in quotes).':
    '{it} ha de ser {wanted}, i és {is} (escriu-ho entre cometes).',
  '{it} must be {wanted}, and is {is}.': '{it} ha de ser {wanted}, i és {is}.',
  '{it} must be {some}.': '{it} ha de ser {some}.',
  '{it}: {said}.': '{it}: {said}.',
  text: 'text',
  'a number': 'un nombre',
  'a whole number': 'un nombre enter',
  'true or false': 'true o false',
  'a list': 'una llista',
  'a map of keys': 'un mapa de claus',
  empty: 'buit',
  '{most} or {last}': '{most} o {last}',
  'there is no key {key} in {where}': 'no hi ha cap clau {key} a {where}',
  'there is no key {key}': 'no hi ha cap clau {key}',
  '{seen}: is {near} meant?': '{seen}: vols dir {near}?',
  '{seen}: there are {known}.': '{seen}: hi ha {known}.',
  '{seen}.': '{seen}.',
  'the connection was refused': 's’ha rebutjat la connexió',
  'See whether the program that should listen there runs, and on which address.':
    'Mira si s’executa el programa que hi hauria d’escoltar, i en quina adreça.',
  'See whether the VM is switched on and no firewall drops the packets.':
    'Mira si la màquina virtual està engegada i que cap tallafoc no descarti els paquets.',
  'the connection broke before the whole answer came':
    'la connexió s’ha tallat abans de rebre tota la resposta',
  'See whether the program that listens there is restarting.':
    'Mira si el programa que hi escolta s’està reiniciant.',
  'what answered does not speak HTTP': 'el que ha respost no parla HTTP',
  'See which program listens on that port.': 'Mira quin programa escolta en aquest port.',
  'Name the certificate of the authority that signed it under "{key}" in the cluster file (or in {variables}).':
    'Digues quin és el certificat de l’autoritat que l’ha signat a «{key}» del fitxer del cluster (o a {variables}).',
  'its certificate is signed by an authority that is not known here':
    'el seu certificat l’ha signat una autoritat que aquí no es coneix',
  'its certificate is signed by itself': 'el seu certificat està signat per ell mateix',
  'Name that certificate under "tls: ca:" in the cluster file.':
    'Posa aquest certificat a «tls: ca:» del fitxer del cluster.',
  'its certificate is not of the authority that was named':
    'el seu certificat no és de l’autoritat que s’ha dit',
  'its certificate is no longer valid': 'el seu certificat ha caducat',
  'See that the clocks of both machines are right, or give it a new certificate.':
    'Mira que els rellotges de les dues màquines vagin bé, o dona-li un certificat nou.',
  'its certificate is not valid yet': 'el seu certificat encara no és vàlid',
  'See that the clocks of both machines are right.':
    'Mira que els rellotges de les dues màquines vagin bé.',
  'its certificate is for another name': 'el seu certificat és per a un altre nom',
  'Write the name that the certificate has under "{key}" in the cluster file, such as {names}.':
    'Escriu el nom que té el certificat a «{key}» del fitxer del cluster, per exemple {names}.',
  'what answered does not speak TLS': 'el que ha respost no parla TLS',
  'Leave out "tls:" and write http:// in the cluster file, or see what listens on that port.':
    'Treu «tls:» i escriu http:// al fitxer del cluster, o mira què escolta en aquest port.',
  'the client certificate and its key do not belong together':
    'el certificat de client i la seva clau no van junts',
  'Correct "tls: cert:" and "key:" in the cluster file.':
    'Corregeix «tls: cert:» i «key:» al fitxer del cluster.',
  'it does not accept us without a client certificate of its own authority':
    'no ens accepta sense un certificat de client de la seva autoritat',
  'Name one under "tls: cert:" and "tls: key:" in the cluster file.':
    'Posa’n un a «tls: cert:» i «tls: key:» del fitxer del cluster.',
  'It may be restarting, or want a client certificate: name one under "tls: cert:" and "tls: key:" in the cluster file.':
    'Potser s’està reiniciant, o vol un certificat de client: posa’n un a «tls: cert:» i «tls: key:» del fitxer del cluster.',
  '{about}: {seen} ({code}).': '{about}: {seen} ({code}).',
  '{about}: {said}.': '{about}: {said}.',
  '{about}: the answer is longer than {limit} bytes and was not read on.':
    '{about}: la resposta té més de {limit} bytes i no s’ha continuat llegint.',
  '{about}: one line of the stream is longer than {limit} bytes.':
    '{about}: una línia del flux té més de {limit} bytes.',
  'Inside {vm}: {said}': 'Dins de {vm}: {said}',
  'Asking {path} inside {vm} with curl over SSH gave nothing ({code}).':
    'Preguntar {path} dins de {vm} amb curl per SSH no ha donat res ({code}).',
  'See that the agent runs on {vm}, and that curl is there.':
    'Mira que l’agent s’executi a {vm}, i que hi hagi curl.',
  '{who} answered something that is not JSON: {said}.':
    '{who} ha respost una cosa que no és JSON: {said}.',
  'See whether another program listens on that port.':
    'Mira si un altre programa escolta en aquest port.',
  'client certificate': 'certificat de client',
  'key of the client certificate': 'clau del certificat de client',
  'folder of certificates': 'carpeta de certificats',
  'certificate of the authority': 'certificat de l’autoritat',
  'The {what} {path} cannot be read ({code}).': 'No es pot llegir: {what} {path} ({code}).',
  'Correct "{key}" in the cluster file, or the environment variable that names it.':
    'Corregeix «{key}» al fitxer del cluster, o la variable d’entorn que el diu.',
  '{at}: this line of the evidence cannot be read.':
    '{at}: aquesta línia de les proves no es pot llegir.',
  'Take the file as the run wrote it, or run the items again.':
    'Agafa el fitxer tal com el va escriure la correcció, o torna a corregir els apartats.',
  '{key} in the cluster file is no {form}.': '{key} del fitxer del cluster no és cap {form}.',
  'Write it as {variable} is written.': 'Escriu-ho com s’escriu {variable}.',
  'The token file {path} ({variable}) cannot be read ({code}).':
    'El fitxer del token {path} ({variable}) no es pot llegir ({code}).',
  'Correct that variable, or unset it.': 'Corregeix aquesta variable, o treu-la.',
  '{who} at {host} wants HTTPS and was asked over HTTP.':
    '{who} a {host} vol HTTPS i se li ha preguntat per HTTP.',
  'Write under "{key}" in the cluster file: {code}':
    'Escriu a «{key}» del fitxer del cluster: {code}',
  '{who} at {host} left out of its answer what we may not see ({path}): {wrong}.':
    '{who} a {host} ha tret de la resposta el que no podem veure ({path}): {wrong}.',
  '{who} at {host} refused with {status} ({path}): {wrong}.':
    '{who} a {host} ho ha refusat amb {status} ({path}): {wrong}.',
  'we have no token': 'no tenim cap token',
  'our token is none of this cluster': 'el nostre token no és d’aquest cluster',
  'our token has not the right, or is not known there':
    'el nostre token no té el permís, o allà no es coneix',
  'Give a token with {right}: "{key}" in the cluster file, or the environment variable {variable}.':
    'Dona un token amb {right}: «{key}» al fitxer del cluster, o la variable d’entorn {variable}.',

  // ── How VMs are switched
  'Resume it in the web page of {title}.': 'Reprèn-la a la pàgina web de {title}.',
  'Resume it: {code}.': 'Reprèn-la: {code}.',
  'Wake it: {code}.': 'Desperta-la: {code}.',
  'It hangs: {code}.': 'S’ha penjat: {code}.',
  'It hangs: {code}, then start it.': 'S’ha penjat: {code}, i després engega-la.',
  'Look at it: {code}.': 'Mira-la: {code}.',
  'Thaw it: {code}.': 'Descongela-la: {code}.',
  'It was never made: {code}.': 'No s’ha creat mai: {code}.',
  'It was deleted: {code}.': 'S’ha esborrat: {code}.',
  'It crashed and was kept: {code}, then start it.':
    'Va fallar i es va conservar: {code}, i després engega-la.',
  'Multipass cannot reach it: see {code}.': 'Multipass no hi pot arribar: mira {code}.',
  'Join the group "{group}" and log in again.': 'Afegeix-te al grup «{group}» i torna a entrar.',
  'Join the group "{group}" (and log in again), or name another connection than {uri} under "{key}".':
    'Afegeix-te al grup «{group}» (i torna a entrar), o digues una altra connexió que no sigui {uri} a «{key}».',
  'Install open-vm-tools in the VM, or stop VMs over SSH or with "{code}".':
    'Instal·la open-vm-tools a la màquina virtual, o atura les màquines virtuals per SSH o amb «{code}».',
  'Run the grader as administrator, or join the group "{group}".':
    'Executa el corrector com a administrador, o afegeix-te al grup «{group}».',
  'Switch on the Windows feature "{feature}".': 'Activa la característica de Windows «{feature}».',
  'See whether its service runs and this user may use it ({code}).':
    'Mira si el seu servei funciona i si aquest usuari el pot fer servir ({code}).',
  'Start it in the window of VirtualBox and see why; on Windows, end VBoxHeadless processes that were left behind.':
    'Engega-la a la finestra de VirtualBox i mira per què falla; a Windows, acaba els processos VBoxHeadless que hagin quedat.',
  'Write the path of its .vmx under "{key}" in the cluster file.':
    'Escriu el camí del seu .vmx a «{key}» del fitxer del cluster.',
  'Name the folder of the Vagrantfile under "{key}" in the cluster file.':
    'Digues quina és la carpeta del Vagrantfile a «{key}» del fitxer del cluster.',
  'Its host-only adapter is gone: make it again in VirtualBox, under Tools, Network.':
    'El seu adaptador host-only ja no hi és: torna’l a fer a VirtualBox, a Eines, Xarxa.',
  'Its files cannot be read by this user: run the grader as the one who made the VM.':
    'Aquest usuari no en pot llegir els fitxers: executa el corrector com qui va fer la màquina virtual.',
  "VirtualBox's own installation is broken: reinstall it, or rebuild its kernel module.":
    'La instal·lació de VirtualBox està malmesa: torna’l a instal·lar, o torna a compilar el seu mòdul del nucli.',
  'Another user made these VMs: run the grader as that user.':
    'Aquestes màquines virtuals les va fer un altre usuari: executa el corrector com aquest usuari.',
  'Its provider cannot read it: open it there and see why.':
    'El seu proveïdor no la pot llegir: obre-la allà i mira per què.',
  "Somebody's job holds port 80 on {name}.": 'El job d’algú altre té el port 80 de {name}.',
  'Stop that job.': 'Atura aquest job.',
  'the line "{line}"': 'la línia «{line}»',
  'The node calls itself {name}: no shell line is run with that.':
    'El node es diu {name}: amb això no s’executa cap línia de la shell.',
  'Give the VM a name of letters, digits, dots and dashes.':
    'Dona a la màquina virtual un nom de lletres, xifres, punts i guions.',
  '{vm} has no number at its end, and the line "{line}" wants one as {n}.':
    '{vm} no acaba amb cap número, i la línia «{line}» en vol un com a {n}.',
  'Use {code} in that line of the cluster file.':
    'Fes servir {code} en aquesta línia del fitxer del cluster.',
  'For {vm}, "{line}" did not end within {s} s': 'Per a {vm}, «{line}» no ha acabat en {s} s',
  'For {vm}, "{line}" was killed': 'Per a {vm}, «{line}» s’ha interromput',
  'For {vm}, "{line}" ended with exit code {code}':
    'Per a {vm}, «{line}» ha acabat amb el codi {code}',
  'Run that line by hand, and correct it in the cluster file.':
    'Executa aquesta línia a mà, i corregeix-la al fitxer del cluster.',
  '{vm} cannot be switched: "{part}" has no {what} line.':
    'No es pot engegar ni aturar {vm}: «{part}» no té cap línia {what}.',
  'Write "{key}" into the "{part}" part of the cluster file.':
    'Escriu «{key}» a la part «{part}» del fitxer del cluster.',
  '{node} was saved, not shut down: it wakes with the memory of then, and its clock may be wrong for a while.':
    '{node} estava desada, no aturada: es desperta amb la memòria d’aleshores, i el seu rellotge pot anar malament una estona.',
  'The {title} driver was only held against recorded and documented outputs of {program}, never against {title} itself.':
    'El driver de {title} només s’ha comprovat amb sortides enregistrades i documentades de {program}, mai amb {title} de debò.',
  'VMs cannot be isolated here: that goes over SSH, and there is none.':
    'Aquí no es poden aïllar màquines virtuals: això es fa per SSH, i no n’hi ha.',
  'Name another driver under "{part}" in the cluster file.':
    'Posa un altre driver a «{part}» del fitxer del cluster.',
  'ending a network isolation that ends by itself after {n} minutes':
    'l’acabament d’un aïllament de la xarxa, que també s’acaba sol al cap de {n} minuts',
  'Nomad knows no node {vm}, so its VM cannot be reached over SSH.':
    'Nomad no coneix cap node {vm}, i per tant no es pot arribar per SSH a la seva màquina virtual.',
  'See "{code}" for the names of the clients.': 'Mira «{code}» per saber els noms dels clients.',
  '{vm} could not be taken off the network over SSH':
    'No s’ha pogut treure {vm} de la xarxa per SSH',
  '{vm} could not be put back on the network over SSH':
    'No s’ha pogut tornar {vm} a la xarxa per SSH',
  'It needs nft or iptables on the VM, and a login that is root or may run anything by sudo without a password ({code}).':
    'Cal nft o iptables a la màquina virtual, i un usuari que sigui root o que ho pugui executar tot amb sudo sense contrasenya ({code}).',
  'The lab did not {what} {vm}: HTTP {said}.':
    'El laboratori no ha fet «{what}» per a {vm}: HTTP {said}.',
  "the lab's power door at {address}": 'la porta d’engegada del laboratori a {address}',
  'the local cluster itself': 'el cluster local mateix',
  'The local cluster did not {what} {vm}: HTTP {said}.':
    'El cluster local no ha fet «{what}» per a {vm}: HTTP {said}.',
  '{vm} is switched by hand, and nobody is at a terminal here.':
    '{vm} s’engega i s’atura a mà, i aquí no hi ha ningú en un terminal.',
  'a person, who is asked at the terminal': 'una persona, a qui es demana al terminal',
  'Start {vm} now (it is waited for).': 'Engega {vm} ara (s’hi espera).',
  'Switch {vm} off now, without shutting it down (that is waited for).':
    'Talla ara el corrent de {vm}, sense aturar-la abans (s’hi espera).',
  'Shut {vm} down now (that is waited for).': 'Atura {vm} ara (s’hi espera).',
  'nothing: the cluster file has no "{part}" part':
    'res: el fitxer del cluster no té cap part «{part}»',
  '{vm} cannot be switched: the cluster file names no way to do it.':
    'No es pot engegar ni aturar {vm}: el fitxer del cluster no diu com es fa.',
  '{title} on this machine knows {match}: write "{code}" into the cluster file, or let "{command}" do it.':
    '{title} d’aquesta màquina coneix {match}: escriu «{code}» al fitxer del cluster, o deixa que ho faci «{command}».',
  'Write a "{part}" part into the cluster file.': 'Escriu una part «{part}» al fitxer del cluster.',
  '{node} was hibernated and wakes as it was.': '{node} hibernava i es desperta tal com era.',
  'Proxmox at {url}': 'Proxmox a {url}',
  'The Proxmox driver was only held against documented answers of its REST interface, never against Proxmox itself.':
    'El driver de Proxmox només s’ha comprovat amb respostes documentades de la seva interfície REST, mai amb Proxmox de debò.',
  'Proxmox could not {what} {node}: {said}.': 'Proxmox no ha pogut fer {what} de {node}: {said}.',
  'The guest did not follow; stop VMs over SSH or with "{code}".':
    'La màquina virtual no n’ha fet cas; atura les màquines virtuals per SSH o amb «{code}».',
  'See the task log in its web page.': 'Mira el registre de tasques a la seva pàgina web.',
  'Copy {file} from the host and name it under "{key}" in the cluster file, or write "{other}" there.':
    'Copia {file} de l’amfitrió i posa’l a «{key}» del fitxer del cluster, o escriu-hi «{other}».',
  'Proxmox cannot be asked: there is no token.':
    'No es pot preguntar a Proxmox: no hi ha cap token.',
  'Make one (Datacenter, Permissions, API Tokens) and put {form} into the environment variable {variable}, or under "{key}" in the cluster file.':
    'Fes-ne un (Datacenter, Permissions, API Tokens) i posa {form} a la variable d’entorn {variable}, o a «{key}» del fitxer del cluster.',
  'Proxmox answered {what} with HTTP {status}': 'Proxmox ha respost a {what} amb HTTP {status}',
  'See that the token is written {form} and has not expired.':
    'Mira que el token estigui escrit {form} i que no hagi caducat.',
  'Give the token itself the rights VM.PowerMgmt and VM.Audit on its VMs: a token has no rights of its user unless its privilege separation is switched off.':
    'Dona al token mateix els permisos VM.PowerMgmt i VM.Audit sobre les seves màquines virtuals: un token no té els permisos del seu usuari si no es desactiva la separació de privilegis.',
  '{seen}: {said}.': '{seen}: {said}.',
  '{title}: "{command}" for {node} could not be run ({code})':
    '{title}: «{command}» per a {node} no s’ha pogut executar ({code})',
  '{title}: "{command}" for {node} was killed':
    '{title}: «{command}» per a {node} s’ha interromput',
  '{title}: "{command}" for {node} ended with exit code {code}':
    '{title}: «{command}» per a {node} ha acabat amb el codi {code}',
  '{title} cannot be asked: {names} was not found on this machine.':
    'No es pot preguntar a {title}: {names} no s’ha trobat en aquesta màquina.',
  'Install {title} or put its program on PATH, or name it under "{key}" in the cluster file; run the grader on the machine where the VMs are.':
    'Instal·la {title} o posa el seu programa al PATH, o digues quin és a «{key}» del fitxer del cluster; executa el corrector a la màquina on són les màquines virtuals.',
  '{title} knows no VM {called}; it knows no VM at all.':
    '{title} no coneix cap màquina virtual {called}; no en coneix cap.',
  '{title} knows no VM {called}; it knows {list}.':
    '{title} no coneix cap màquina virtual {called}; coneix {list}.',
  'VMs belong to one user of the system: run the grader as the one who made them.':
    'Les màquines virtuals són d’un usuari del sistema: executa el corrector com qui les va fer.',
  'Write which VM it is into the cluster file: {code}':
    'Escriu quina màquina virtual és al fitxer del cluster: {code}',
  '{title} has more than one VM that could be {node}: {vms}.':
    '{title} té més d’una màquina virtual que podria ser {node}: {vms}.',
  '{title} says that {node} is "{state}": a start does not end that.':
    '{title} diu que {node} està «{state}»: engegar-la no ho arregla.',
  '{title}: "{command}" for {node} did not end within {s} s.':
    '{title}: «{command}» per a {node} no ha acabat en {s} s.',
  'Look at that VM in the hypervisor, and run that command by hand.':
    'Mira aquesta màquina virtual a l’hipervisor, i executa l’ordre a mà.',
  '{once} again and again': '{once} un cop i un altre',
  'Run the grader as a user who may switch these VMs.':
    'Executa el corrector com un usuari que pugui engegar i aturar aquestes màquines virtuals.',
  'See what else works on that VM (a window of the hypervisor, another program), and end it.':
    'Mira què més fa servir aquesta màquina virtual (una finestra de l’hipervisor, un altre programa), i acaba-ho.',
  'See whether it was removed or renamed; "{key}" in the cluster file says which VM it is.':
    'Mira si s’ha esborrat o s’ha canviat de nom; «{key}» del fitxer del cluster diu quina màquina virtual és.',
  'Run that command by hand and see why it fails.':
    'Executa aquesta ordre a mà i mira per què falla.',

  // ── A run on its cluster
  'it is not asked for': 'no s’ha demanat',
  'Only {fit} clients are fit and {needed} are needed: {why}':
    'Només hi ha {fit} clients aptes i en calen {needed}: {why}',
  'Only {fit} clients are fit and {needed} are needed.':
    'Només hi ha {fit} clients aptes i en calen {needed}.',
  'Start the VMs, and see {nomad} and {consul}.':
    'Engega les màquines virtuals, i mira {nomad} i {consul}.',
  'The client {name} joined the cluster while an item was graded.':
    'El client {name} s’ha unit al cluster mentre es corregia un apartat.',
  'Start all VMs before grading, and run this item again.':
    'Engega totes les màquines virtuals abans de corregir, i torna a corregir aquest apartat.',
  '{vm} came back by itself while it had to be off.':
    '{vm} ha tornat a engegar-se tota sola mentre havia d’estar aturada.',
  'Find out what starts it, and run this item again.':
    'Esbrina què l’engega, i torna a corregir aquest apartat.',
  'Waiting up to {s} s for it to go.': 'S’espera fins a {s} s que se’n vagi.',
  'The job {job} was purged, yet its container on {vm} did not end.':
    'El job {job} s’ha eliminat, però el seu contenidor de {vm} no s’ha acabat.',
  'See {code} and the Docker of {vm}.': 'Mira {code} i el Docker de {vm}.',
  'Nomad could not {what} the job {job}: {said}':
    'Nomad no ha pogut fer «{what}» amb el job {job}: {said}',
  "See whether the server has a leader, and Nomad's log.":
    'Mira si el servidor té líder, i el registre de Nomad.',
  'Nomad at {host} answered {path} without having heard from its leader for {seconds} s.':
    'Nomad a {host} ha respost {path} sense saber res del seu líder des de fa {seconds} s.',
  'See {code}, and the log of that server.': 'Mira {code}, i el registre d’aquest servidor.',
  '{who} answered {path} with HTTP {status}: {said}.':
    '{who} ha respost a {path} amb HTTP {status}: {said}.',
  '{who} at {host} answered {path} with HTTP {status}: {said}.':
    '{who} a {host} ha respost a {path} amb HTTP {status}: {said}.',
  'See whether the server has a leader, and what its log says.':
    'Mira si el servidor té líder, i què diu el seu registre.',
  "Nomad's agent at {host} gives no heartbeat times.":
    'L’agent de Nomad a {host} no dona l’hora dels batecs.',
  'See whether that agent runs as a client.': 'Mira si aquest agent s’executa com a client.',
  'Consul DNS at {where} did not answer {name} ({code}).':
    'El DNS de Consul a {where} no ha respost a {name} ({code}).',
  'See whether Consul runs there and its {setting} lets others ask.':
    'Mira si Consul s’hi executa i si el seu {setting} deixa preguntar als altres.',
  'Consul DNS at {where} answered {name} with what is no answer to it.':
    'El DNS de Consul a {where} ha respost a {name} amb el que no n’és cap resposta.',
  'No lock could be taken in Consul, so take care that nobody else grades on this cluster now: {why}':
    'No s’ha pogut fer cap bloqueig a Consul: vigila que ningú més no corregeixi ara en aquest cluster: {why}',
  'The lock in Consul ends by itself in {s} s: {why}':
    'El bloqueig de Consul s’acaba sol d’aquí a {s} s: {why}',
  'A run on this machine ended early; its lock in Consul ends within {s} s: waiting.':
    'Una correcció d’aquesta màquina va acabar abans d’hora; el seu bloqueig a Consul s’acaba abans de {s} s: s’hi espera.',
  'Another grader holds this cluster since {since}: {who} on {host} grades {student} (process {pid}).':
    'Un altre corrector té aquest cluster des de {since}: {who} a {host} corregeix {student} (procés {pid}).',
  'Wait until it has ended. If it died, its lock ends by itself within {s} s: run this again.':
    'Espera que acabi. Si s’ha mort, el seu bloqueig s’acaba sol abans de {s} s: torna-ho a executar.',
  'Consul refused the key {key} again and again, though nobody holds it.':
    'Consul ha refusat la clau {key} un cop i un altre, tot i que no la té ningú.',
  'See {code}.': 'Mira {code}.',
  '"{text}" is no jump host.': '«{text}» no és cap màquina de salt.',
  'Write it as {form}, several with commas between.':
    'Escriu-ho així: {form}; si n’hi ha més d’una, separades per comes.',
  'The local cluster ended while it was starting: {last}.':
    'El cluster local s’ha acabat mentre arrencava: {last}.',
  'The local cluster ended while it was starting.':
    'El cluster local s’ha acabat mentre arrencava.',
  'See that this machine lets root make namespaces, mounts and control groups.':
    'Mira que aquesta màquina deixi que root faci espais de noms, muntatges i grups de control.',
  'The local cluster did not come up: {why}.': 'El cluster local no ha arrencat: {why}.',
  'On a machine with Docker and a network: {pull}, and, for another machine, {save} and {flag}.':
    'En una màquina amb Docker i xarxa: {pull}, i, per a una altra màquina, {save} i {flag}.',
  'There is no archive of images {missing}.': 'No hi ha cap arxiu d’imatges {missing}.',
  "No archive of images was named, and this machine's Docker ({socket}) does not answer.":
    'No s’ha dit cap arxiu d’imatges, i el Docker d’aquesta màquina ({socket}) no respon.',
  "This machine's Docker has no image of {names}.":
    'El Docker d’aquesta màquina no té cap imatge de {names}.',
  'it needs Linux (its VMs are namespaces): on another system use the lab, or your VMs':
    'cal Linux (les seves màquines virtuals són espais de noms): en un altre sistema fes servir el laboratori, o les teves màquines virtuals',
  'it needs root: run the same command with {sudo}':
    'cal ser root: executa la mateixa ordre amb {sudo}',
  '{name} is not on PATH: install {from}': '{name} no és al PATH: instal·la {from}',
  '{code} needs none of this.': '{code} no necessita res d’això.',
  'No local cluster can be made here: {why}.': 'Aquí no es pot fer cap cluster local: {why}.',
  'No local cluster can be made here: no namespaces may be made ({said}).':
    'Aquí no es pot fer cap cluster local: no es poden fer espais de noms ({said}).',
  'Inside a container it must have been started with {flag}.':
    'Dins d’un contenidor, s’ha d’haver engegat amb {flag}.',

  // ── What was handed in
  'The job has the type {type}; only service is allowed.':
    'El job té el tipus {type}; només es permet service.',
  'The job asks for the namespace {space}; only default is allowed.':
    'El job demana el namespace {space}; només es permet default.',
  'The job is periodic, which is not allowed.': 'El job és periòdic, i això no es permet.',
  'The job is parameterized or dispatched, which is not allowed.':
    'El job és parametritzat o es llança amb dispatch, i això no es permet.',
  'The job carries access to Vault, which is not allowed.':
    'El job porta accés a Vault, i això no es permet.',
  'The job asks for {total} allocations; at most {limit} are allowed.':
    'El job demana {total} allocations; se’n permeten {limit} com a màxim.',
  'The cluster already has a job called {id} that belongs to someone else.':
    'Al cluster ja hi ha un job {id} que és d’algú altre.',
  'The group {name} asks for {cpu} MHz; {limit} are allowed.':
    'El grup {name} demana {cpu} MHz; se’n permeten {limit}.',
  'The group {name} asks for {cores} cores; {limit} are allowed.':
    'El grup {name} demana {cores} nuclis; se’n permeten {limit}.',
  'The group {name} asks for {memory} MB of memory; {limit} MB are allowed.':
    'El grup {name} demana {memory} MB de memòria; se’n permeten {limit} MB.',
  'The group {name} asks for unbounded memory; {limit} MB are allowed.':
    'El grup {name} demana memòria sense límit; se’n permeten {limit} MB.',
  'The group {name} asks for a volume of the host or of a storage plugin, which is not allowed.':
    'El grup {name} demana un volum del host o d’un plugin d’emmagatzematge, i això no es permet.',
  'The group {name} asks for the Consul namespace {space}, which is not allowed.':
    'El grup {name} demana el namespace {space} de Consul, i això no es permet.',
  'The group {name} asks for a Connect gateway, which is not allowed.':
    'El grup {name} demana un gateway de Connect, i això no es permet.',
  'The task {name} names no driver; only docker is allowed.':
    'La tasca {name} no diu cap driver; només es permet docker.',
  'The task {name} uses the driver {driver}; only docker is allowed.':
    'La tasca {name} fa servir el driver {driver}; només es permet docker.',
  'The task {name} downloads an artifact, which is not allowed.':
    'La tasca {name} baixa un artifact, i això no es permet.',
  'The task {name} asks for access to Vault, which is not allowed.':
    'La tasca {name} demana accés a Vault, i això no es permet.',
  'The task {name} reads a secret of the cluster, which is not allowed.':
    'La tasca {name} llegeix un secret del cluster, i això no es permet.',
  'The task {name} asks for an identity of its own, which is not allowed.':
    'La tasca {name} demana una identitat pròpia, i això no es permet.',
  'The task {name} mounts a volume of the host or of a storage plugin, which is not allowed.':
    'La tasca {name} munta un volum del host o d’un plugin d’emmagatzematge, i això no es permet.',
  'The task {name} starts a storage plugin, which is not allowed.':
    'La tasca {name} engega un plugin d’emmagatzematge, i això no es permet.',
  'The task {name} waits for a dispatched payload, which is not allowed.':
    'La tasca {name} espera dades d’un dispatch, i això no es permet.',
  'The image of the task {name} is only known when it runs; write its name.':
    'La imatge de la tasca {name} només se sap quan s’executa; escriu-ne el nom.',
  'The image {image} comes from {registry}; allowed: {allowed}.':
    'La imatge {image} ve de {registry}; es permeten: {allowed}.',
  'more capabilities': 'més capacitats',
  'devices of the host': 'dispositius del host',
  'other security options': 'altres opcions de seguretat',
  'a volume driver': 'un driver de volums',
  'another container runtime': 'un altre runtime de contenidors',
  'an image out of a file': 'una imatge d’un fitxer',
  'The task {name} asks Docker for {what} ({key}), which is not allowed.':
    'La tasca {name} demana a Docker {what} ({key}), i això no es permet.',
  'The task {name} runs privileged, which is not allowed.':
    'La tasca {name} s’executa amb privilegis, i això no es permet.',
  'The task {name} may run privileged, which is not allowed.':
    'La tasca {name} es podria executar amb privilegis, i això no es permet.',
  'The task {name} has {code}, which is not allowed.':
    'La tasca {name} té {code}, i això no es permet.',
  'The task {name} mounts {source} from outside.': 'La tasca {name} munta {source} de fora.',
  'The task {name} has a {key} that cannot be checked.':
    'La tasca {name} té un {key} que no es pot comprovar.',
  'The task {name} sends its logs with {driver}.':
    'La tasca {name} envia els seus registres amb {driver}.',
  'A template of the task {name} {why}, which is not allowed.':
    'Una plantilla (template) de la tasca {name} {why}, i això no es permet.',
  'reads the file {file}': 'llegeix el fitxer {file}',
  'writes to {file}': 'escriu a {file}',
  'calls {word}': 'crida {word}',
  'The file is larger than {limit} KiB, too large for a job.':
    'El fitxer passa de {limit} KiB, massa gran per a un job.',
  'The file is empty, so there is no job in it.': 'El fitxer és buit, i no hi ha cap job.',
  'The file cannot be read as a job: {said}.': 'El fitxer no es pot llegir com un job: {said}.',
  'The file is nested too deeply to be a job.': 'El fitxer té massa nivells per ser un job.',
  'Nomad cannot read the file: it is not HCL.': 'Nomad no pot llegir el fitxer: no és HCL.',
  'Nomad cannot read the file: after {word} there is neither a {block} (a block) nor a {equals} (an argument).':
    'Nomad no pot llegir el fitxer: després de {word} no hi ha ni {block} (un bloc) ni {equals} (un argument).',
  'Nomad cannot read the file: {why}.': 'Nomad no pot llegir el fitxer: {why}.',
  'There is no job block in the file.': 'Al fitxer no hi ha cap bloc job.',
  'The file has more than one job block.': 'El fitxer té més d’un bloc job.',
  'The file is not JSON: {said}.': 'El fitxer no és JSON: {said}.',
  'There is no job in the file.': 'Al fitxer no hi ha cap job.',
  'The job has {name} twice in one place.': 'El job té {name} dos cops al mateix lloc.',
  'The submission folder is not there, or it is not a folder.':
    'La carpeta lliurada no hi és, o no és una carpeta.',
  'The folder has too many files or is too deep: not all of it was looked at.':
    'La carpeta té massa fitxers o massa nivells: no s’ha mirat tota.',
  '{file} is not read: {why}': '{file} no es llegeix: {why}',
  'it is a job, but neither nginx nor apache': 'és un job, però ni nginx ni apache',
  'it cannot be read, and nothing in it says nginx or apache':
    'no es pot llegir, i res no hi diu nginx ni apache',
  'it is not a job': 'no és un job',
  'it is a copy of {file}': 'és una còpia de {file}',
  'its name says {hint}': 'el seu nom diu {hint}',
  'it is the only nginx file, so the last state of the one that is edited':
    'és l’únic fitxer d’nginx, i per tant l’últim estat del que s’ha anat editant',
  'it is the apache job': 'és el job d’apache',
  'it has the static port {port}': 'té el port estàtic {port}',
  'it has a dynamic port and the count {count}': 'té un port dinàmic i count {count}',
  '{stage} is another file, and this one fits no other stage':
    '{stage} és un altre fitxer, i aquest no encaixa en cap altre apartat',
  'stages.yaml names another file for {stage}': 'stages.yaml diu un altre fitxer per a {stage}',
  '{winner} is nearer to {stage}': '{winner} s’assembla més a {stage}',
  'others are nearer to {stage}': 'n’hi ha que s’assemblen més a {stage}',
  'its name does not end in .nomad, .hcl or .json': 'el seu nom no acaba en .nomad, .hcl ni .json',
  'its name has characters that cannot be shown': 'el seu nom té caràcters que no es poden mostrar',
  'it is not there': 'no hi és',
  'it leads out of the folder': 'surt de la carpeta',
  'it is saved as UTF-16; save it as UTF-8': 'està desat en UTF-16; desa’l en UTF-8',
  'it is not a text file': 'no és un fitxer de text',
  'it is not a file': 'no és un fitxer',
  'it is larger than {limit} KiB': 'passa de {limit} KiB',
  'it cannot be read ({code})': 'no es pot llegir ({code})',
  'It is not read: {why}.': 'No es llegeix: {why}.',
  'It names the stage {id}; there are {ids}.': 'Diu l’apartat {id}; hi ha {ids}.',
  'It is not YAML: {said}.': 'No és YAML: {said}.',
  'It must give a path for each stage, as {code}.':
    'Ha de donar un camí per a cada apartat, com {code}.',
  'Its file for {id}, {path}, is not taken: {why}.':
    'El fitxer que dona per a {id}, {path}, no s’agafa: {why}.',
  'it is not a path': 'no és un camí',
  'it still shows the job as it was before this one was registered':
    'encara mostra el job tal com era abans que es registrés aquest',
  // ── A class on Nomad and on GitHub
  '{engine} wants {lab} or {local}: each student gets a cluster of its own there.':
    '{engine} vol {lab} o {local}: allà cada alumne té un cluster propi.',
  '"{word}" cannot be sent to Nomad: it has blanks or signs.':
    '«{word}» no es pot enviar a Nomad: té espais o signes.',
  'where the grading is done: {engines}': 'on es corregeix: {engines}',
  'of nomad: your own template of the job': 'de nomad: la teva plantilla del job',
  'of nomad: leave what it registered': 'de nomad: deixa-hi el que ha registrat',
  'of nomad: when interrupted, stop what runs there':
    'de nomad: si s’interromp, atura el que s’hi executa',
  'of actions: folder with the artifacts that came':
    'd’actions: carpeta amb els artefactes que han arribat',
  'A runner of GitHub does not reach a cluster of its own.':
    'Un runner de GitHub no arriba al cluster propi de l’alumne.',
  'Its name cannot stand in a workflow.': 'El seu nom no pot sortir en un workflow.',
  'It waits for the workflow on GitHub.': 'Espera el workflow de GitHub.',
  'a runner of GitHub': 'un runner de GitHub',
  'For {count, plural, one {# student} other {# students}} there are now {workflow} and {parcels}: commit them to a private repository, run the workflow there, then {download} and this command with {flag}.':
    'Per a {count, plural, one {# alumne} other {# alumnes}} ja hi ha {workflow} i {parcels}: posa’ls en un repositori privat, executa-hi el workflow, i després {download} i aquesta ordre amb {flag}.',
  'What is graded of it cannot be packed.': 'El que se’n corregeix no es pot empaquetar.',
  '{variable} is not set.': '{variable} no està definida.',
  'Set it, and {token} where the cluster wants one, as for the command {nomad}.':
    'Defineix-la, i {token} si el cluster en demana, com per a l’ordre {nomad}.',
  'Nomad gave {path} of another length than it has.':
    'Nomad ha donat {path} amb una llargada que no és la seva.',
  '{file} is no job: {why}': '{file} no és un job: {why}',
  '{file} is no job for a class: {missing}.': '{file} no és un job per a una classe: {missing}.',
  'Nomad has a job {id} that is not ours.': 'Nomad té un job {id} que no és nostre.',
  'Give the roster another name.': 'Posa un altre nom a la llista.',
  'Begin with the one that the grader has: {file}.': 'Comença amb el que té el corrector: {file}.',
  'its type is not {type}': 'el tipus no és {type}',
  'it takes no payload ({code})': 'no accepta cap càrrega ({code})',
  'its meta keys are not {keys}': 'les claus de meta no són {keys}',
  'The result that came is of another student.': 'El resultat que ha arribat és d’un altre alumne.',
  'Its results on {client} are out of reach.':
    'No es pot arribar als resultats que són a {client}.',
  'It is graded once more.': 'Es torna a corregir.',
  'The grader on {client} ended with {code}: {said}':
    'El corrector de {client} ha acabat amb {code}: {said}',
  'A job on Nomad does not reach a cluster of its own.':
    'Un job de Nomad no arriba al cluster propi de l’alumne.',
  'Its results were lost each time.': 'Els resultats s’han perdut cada vegada.',
  '{client}, by Nomad': '{client}, per Nomad',
  'The jobs in Nomad were not removed.': 'Els jobs no s’han esborrat de Nomad.',
  'Nomad goes on with {count, plural, one {# student} other {# students}} of {id}: the same command collects them, and with {flag} an interrupted one stops them.':
    'Nomad continua amb {count, plural, one {# alumne} other {# alumnes}} de {id}: la mateixa ordre els recull, i amb {flag} una ordre interrompuda els atura.',
  'What is graded of it takes {size} bytes packed, and Nomad takes {limit}.':
    'El que se’n corregeix ocupa {size} bytes empaquetat, i Nomad n’accepta {limit}.',
  'Grade it on this machine: {code}.': 'Corregeix-lo en aquesta màquina: {code}.',
  'Its job was stopped in Nomad.': 'El seu job s’ha aturat a Nomad.',
  'the grader on a client of Nomad': 'el corrector en un client de Nomad',
  'a client of Nomad that has room': 'un client de Nomad que tingui lloc',
  'It is graded on {client}.': 'Es corregeix a {client}.',
  '{client} was lost; it is graded once more on another client.':
    '{client} s’ha perdut; es torna a corregir en un altre client.',
  'No client of Nomad is fit for the job ({rules}).':
    'Cap client de Nomad no serveix per al job ({rules}).',
  'Change the template of the job, or the configuration of the clients.':
    'Canvia la plantilla del job, o la configuració dels clients.',
  'The grader did not start on {client}: {said}': 'El corrector no s’ha engegat a {client}: {said}',
  // ── The practice ground (grade lab)
  'the DNS of Consul answers after 3 seconds': 'el DNS de Consul respon al cap de 3 segons',
  'the DNS of Consul does not answer': 'el DNS de Consul no respon',
  'the DNS of Consul answers SERVFAIL': 'el DNS de Consul respon SERVFAIL',
  'the API of Nomad answers after 3 seconds': 'l’API de Nomad respon al cap de 3 segons',
  'the API of Nomad answers with errors (500)': 'l’API de Nomad respon amb errors (500)',
  'the API of Consul answers after 3 seconds': 'l’API de Consul respon al cap de 3 segons',
  'Consul answers with errors (500, SERVFAIL)': 'Consul respon amb errors (500, SERVFAIL)',
  'the Consul of each client listens on 127.0.0.1 only':
    'el Consul de cada client només escolta a 127.0.0.1',
  'the scheduler of Nomad takes no evaluation: nothing new is placed':
    'el planificador de Nomad no atén cap avaluació: no es col·loca res de nou',
  'the registry of images cannot be reached': 'no es pot arribar al registre d’imatges',
  'an image takes a minute to come (only those that a VM does not have)':
    'una imatge triga un minut a arribar (només les que la màquina virtual no té)',
  'the VM does not come up when it is started': 'la màquina virtual no arrenca quan l’engegues',
  'the VM ignores an orderly stop': 'la màquina virtual no fa cas quan l’atures ordenadament',
  'the VM takes 30 seconds to shut down': 'la màquina virtual triga 30 segons a apagar-se',
  'sudo wants a password on the VM': 'sudo demana contrasenya a la màquina virtual',
  'the SSH of the VM accepts and says nothing':
    'l’SSH de la màquina virtual accepta la connexió i no diu res',
  'the Docker of the VM does not answer: Nomad places nothing there':
    'el Docker de la màquina virtual no respon: Nomad no hi col·loca res',
  'the disk of the VM is full and its images are gone':
    'el disc de la màquina virtual és ple i s’hi han perdut les imatges',
  'the clock of the VM is 90 seconds ahead':
    'el rellotge de la màquina virtual va 90 segons avançat',
  'Nomad took the NAT address of the VM: new replicas are at 10.0.2.15':
    'Nomad ha agafat l’adreça NAT de la màquina virtual: les rèpliques noves són a 10.0.2.15',
  'a program outside Nomad has port 80 of the VM':
    'un programa de fora de Nomad ocupa el port 80 de la màquina virtual',
  'a firewall lets only SSH through to the VM':
    'un tallafoc només deixa passar SSH cap a la màquina virtual',
  on: 'engegada',
  'shutting down': 's’apaga',
  off: 'apagada',
  booting: 'arrenca',
  'What happened in the lab': 'Què ha passat al laboratori',
  jobs: 'jobs',
  'No fault is on.': 'No hi ha cap avaria activa.',
  '{name} is on: {what}.': '{name} és activa: {what}.',
  '{name} is on at {vm}: {what}.': '{name} és activa a {vm}: {what}.',
  Power: 'Corrent',
  'Nothing is deployed.': 'No hi ha res desplegat.',
  'no answer within a second': 'cap resposta en un segon',
  'No service was registered yet.': 'Encara no s’ha registrat cap servei.',
  gone: 'ja no hi és',
  'Nothing happened yet.': 'Encara no ha passat res.',
  'Nomad {nomad}, Consul {consul}, seed {seed}, {speed} cluster second(s) a second.':
    'Nomad {nomad}, Consul {consul}, llavor {seed}, {speed} segon(s) de cluster per segon.',
  'A simulated cluster': 'Un cluster simulat',
  'The lab does not answer: it has ended.': 'El laboratori no respon: s’ha acabat.',
  'Done.': 'Fet.',
  'No real cluster: what is here is gone when the lab ends.':
    'No és un cluster de debò: el que hi ha desapareix quan s’acaba el laboratori.',
  'Time since it began:': 'Temps des que ha començat:',
  'Virtual machines': 'Màquines virtuals',
  Replicas: 'Rèpliques',
  'What DNS answers now': 'Què respon ara el DNS',
  Name: 'Nom',
  Addresses: 'Adreces',
  'What happened, newest first': 'Què ha passat, primer el més nou',
  'Lines to paste': 'Línies per enganxar',
  Job: 'Job',
  Allocation: 'Allocation',
  VM: 'Màquina virtual',
  Address: 'Adreça',
  'Nomad says': 'Nomad diu',
  'Consul says': 'Consul diu',
  'Who says': 'Qui ho diu',
  'Of what': 'De què',
  'What it is now': 'Com és ara',
  server: 'servidor',
  Stop: 'Atura',
  Cut: 'Talla el corrent',
  Start: 'Engega',
  '{vm} is told to shut down.': 'Es diu a {vm} que s’apagui.',
  '{vm} has lost its power.': '{vm} s’ha quedat sense corrent.',
  '{vm} is started.': 'S’engega {vm}.',
  'Minutes that are drawn': 'Minuts que es dibuixen',
  'Cluster seconds since the lab began': 'Segons de cluster des que ha començat el laboratori',
  'A fault': 'Una avaria',
  Fault: 'Avaria',
  none: 'cap',
  Switch: 'Canvia',
  '{flag} is a name of letters, digits, - and _, not "{text}".':
    '{flag} és un nom de lletres, xifres, - i _, no «{text}».',
  'There is no lab here: no file {path}. Begin one with {code}, or say which with {flag}.':
    'Aquí no hi ha cap laboratori: no hi ha el fitxer {path}. Comença’n un amb {code}, o digues quin és amb {flag}.',
  '{path} is not the file of a lab.': '{path} no és el fitxer d’un laboratori.',
  'The lab of {path} has ended. Begin one with {code}.':
    'El laboratori de {path} s’ha acabat. Comença’n un amb {code}.',
  '{path} is there already and is no lab’s: give another file with {out}, or a name with {name}.':
    '{path} ja existeix i no és de cap laboratori: posa un altre fitxer amb {out}, o un nom amb {name}.',
  'A lab runs here already: {address} ({path}). End it with {end}, or give this one a name with {name}.':
    'Aquí ja hi ha un laboratori en marxa: {address} ({path}). Acaba’l amb {end}, o posa un nom a aquest amb {name}.',
  'its cluster file (else {usual})': 'el seu fitxer de cluster (si no, {usual})',
  'stop virtual machines of a running lab': 'atura màquines virtuals d’un laboratori en marxa',
  'such as {example}': 'com ara {example}',
  'cut their power, with no goodbye': 'talla’ls el corrent, sense avisar',
  'start virtual machines of a running lab': 'engega màquines virtuals d’un laboratori en marxa',
  'say what is so in a running lab': 'diu què hi ha en un laboratori en marxa',
  'switch a fault of a running lab on, or all off; without a name, list them':
    'activa una avaria d’un laboratori en marxa, o les treu totes; sense nom, les llista',
  'one of the list, or {none}': 'una de la llista, o {none}',
  'where, if it is of one VM': 'on, si és d’una sola màquina virtual',
  '{name} is on.': '{name} és activa.',
  'end a running lab': 'acaba un laboratori en marxa',
  'The lab has ended.': 'El laboratori s’ha acabat.',
  'no fault': 'cap avaria',
  'There is no fault called "{name}": {code} lists them.':
    'No hi ha cap avaria que es digui «{name}»: {code} les llista.',
  '{name} is of one VM: say which, as in {code}.':
    '{name} és d’una sola màquina virtual: digues quina, com a {code}.',
  '{name} is of no single VM.': '{name} no és de cap màquina virtual en concret.',
  'The lab has no {vm}: it has {all}.': 'El laboratori no té {vm}: té {all}.',
  '{vm} is still shutting down: start it when it is off.':
    '{vm} encara s’apaga: engega-la quan sigui apagada.',
  'The lab refused: {said}': 'El laboratori ho ha refusat: {said}',
  '{simulated} cluster, seed {seed}, {speed} cluster second(s) a second: {address}':
    'Cluster {simulated}, llavor {seed}, {speed} segon(s) de cluster per segon: {address}',
  'one of several: its file is {file}': 'un de diversos: el seu fitxer és {file}',
  'error: missing: {what}': 'error: hi falta: {what}',
  'Its page: {address}': 'La seva pàgina: {address}',
  'Another program has port 80 of that VM.':
    'Un altre programa té el port 80 d’aquella màquina virtual.',
  // ── The local cluster's notes
  'Local cluster: its VMs are namespaces of this machine and reach nothing outside.':
    'Cluster local: les seves màquines virtuals són espais de noms d’aquesta màquina i no arriben a res de fora.',
  'Local cluster: heartbeats were lowered (a time to live from {shortestTtl} s instead of 10 s, {grace} s of grace instead of 10 s), so VMs are declared down sooner than usual.':
    'Cluster local: s’han escurçat els batecs (un temps de vida a partir de {shortestTtl} s en lloc de 10 s, {grace} s de marge en lloc de 10 s), de manera que les màquines virtuals es donen per caigudes abans del que és habitual.',

  // ── Grading a class (grade class)
  'What was graded before is kept, for now: {why}':
    'De moment es conserva el que ja s’havia corregit: {why}',
  'where the grading is done': 'on es corregeix',
  'The run before left this undone: {what}.':
    'L’execució anterior va deixar això per desfer: {what}.',
  'It was not graded.': 'No s’ha corregit.',
  'It took longer than {minutes} minutes and was stopped.':
    'Ha tardat més de {minutes} minuts i s’ha aturat.',
  "{at}: this line of the class's ledger cannot be read.":
    '{at}: aquesta línia del registre de la classe no es pot llegir.',
  'Take the file as the grader wrote it, or grade into another {flag}.':
    'Agafa el fitxer tal com el va escriure el corrector, o corregeix amb un altre {flag}.',
  "The class's ledger {path} cannot be written ({code}): nobody is graded without it.":
    'El registre de la classe {path} no es pot escriure ({code}): sense ell no es corregeix ningú.',
  'This class is being graded by another process ({pid}).':
    'Un altre procés ({pid}) ja està corregint aquesta classe.',
  'The process that graded ended ({how}): {words}':
    'El procés que corregia ha acabat ({how}): {words}',
  'The process that graded ended ({how}).': 'El procés que corregia ha acabat ({how}).',
  'It was handed in anew: graded from the beginning.':
    'S’ha tornat a lliurar: es corregeix des del principi.',
  'See to the cluster, and run the same command again.':
    'Arregla el clúster i torna a executar la mateixa ordre.',
  'no cluster': 'cap clúster',
  'Handed in late.': 'Lliurat fora de termini.',
  '{done} of {all} done, {running} under way': '{done} de {all} fets, {running} en marxa',
  'tried again at the end': 'es tornarà a provar al final',
  'about {seconds} s left': 'falten uns {seconds} s',
  'about {minutes} min left': 'falten uns {minutes} min',
  'There is no hand-in in the folder {path}.': 'A la carpeta {path} no hi ha cap lliurament.',
  '{flag}: there is no student called "{name}" in the roster.':
    '{flag}: a la llista no hi ha cap alumne que es digui «{name}».',
  'local cluster {n}': 'clúster local {n}',
  'Memory is enough for {fitting, plural, one {# local cluster} other {# local clusters}} of the {asked} asked for.':
    'Hi ha memòria per a {fitting, plural, one {# clúster local} other {# clústers locals}} dels {asked} demanats.',
  '{file}': '{file}',
  'Class: {path}': 'Classe: {path}',
  'Table: {path}': 'Taula: {path}',
  'grade a whole class, and go on with it where it was cut':
    'corregeix tota una classe, i continua on es va tallar',
  'CSV with columns student and submission; or a folder of them':
    'CSV amb columnes student i submission; o una carpeta amb els lliuraments',
  'lab, {local} (made here: Linux, root), or cluster files with commas between':
    'lab, {local} (fets aquí: Linux, root), o fitxers de clúster separats per comes',
  'of labs: how many side by side (default: one per core)':
    'dels laboratoris: quants alhora (per defecte: un per nucli)',
  'hand-ins, where the roster does not say': 'els lliuraments, si la llista no ho diu',
  'the deadline of those who have none of their own': 'el termini de qui no en té un de propi',
  'only these, with commas between': 'només aquests, separats per comes',
  'only who lost marks, and only those items':
    'només qui ha perdut punts, i només aquells apartats',
  'only what is open: inconclusive, without cluster, not graded':
    'només el que queda obert: no concloent, sense clúster, sense corregir',
  'of the local clusters: archives, commas between':
    'dels clústers locals: arxius, separats per comes',
  'no student takes longer': 'cap alumne no tarda més',
  'print the class as one JSON document on stdout':
    'escriu la classe com un sol document JSON a stdout',
  // ── The class afterwards
  late: 'fora de termini',
  refused: 'rebutjat',
  'no cluster graded it': 'cap cluster no l’ha corregit',
  interrupted: 'interromput',
  "the grader's own fault": 'error del corrector',
  'Hand-ins to look at': 'Lliuraments que cal mirar',
  Students: 'Alumnes',
  Grade: 'Qualificació',
  'An asterisk: the teacher decided.': 'Un asterisc: ho ha decidit el professor.',
  'not known yet': 'encara no se sap',
  'The middle mark is {middle} of {top}.': 'La nota mediana és {middle} de {top}.',
  Share: 'Proporció',
  'How many': 'Quants',
  'Fix the lab, not the grades': 'Arregla el laboratori, no les notes',
  'Here no mark was given or taken. Mend the cluster, then grade only what is open: {code}.':
    'Aquí no s’ha donat ni tret cap punt. Arregla el cluster i després corregeix només el que queda obert: {code}.',
  'without a cluster': 'sense cluster',
  '{items, plural, one {# item} other {# items}} of {students, plural, one {# student} other {# students}}':
    '{items, plural, one {# apartat} other {# apartats}} de {students, plural, one {# alumne} other {# alumnes}}',
  Who: 'Qui',
  'The share that passed is of those handed in and known.':
    'La proporció de superats és sobre els lliurats i coneguts.',
  'usually takes': 'sol tardar',
  longest: 'màxim',
  'Why marks were lost': 'Per què s’han perdut punts',
  'For example:': 'Per exemple:',
  'Stopped in order, {n, plural, one {# time} other {# times}}: usually after {middle}, at most after {longest}.':
    'Aturada ordenada, {n, plural, one {# vegada} other {# vegades}}: normalment al cap de {middle}, com a màxim al cap de {longest}.',
  'Power cut, {n, plural, one {# time} other {# times}}: usually after {middle}, at most after {longest}.':
    'Tall de corrent, {n, plural, one {# vegada} other {# vegades}}: normalment al cap de {middle}, com a màxim al cap de {longest}.',
  'Their heartbeats foretold {foretold} at most.': 'Els batecs preveien {foretold} com a màxim.',
  'When Nomad missed a VM': 'Quan Nomad ha trobat a faltar una màquina virtual',
  item: 'apartat',
  title: 'títol',
  'passed, share': 'superat, proporció',
  'usual seconds': 'segons habituals',
  'longest seconds': 'segons com a màxim',
  'commonest cause': 'causa més freqüent',
  'how many': 'quants',
  sentence: 'frase',
  // ── grade rescore
  was: 'era',
  is: 'és',
  why: 'per què',
  mark: 'nota',
  'cannot be judged again': 'no es pot tornar a jutjar',
  '{student} has no result yet: the run was killed, or is not done.':
    '{student} encara no té resultat: l’execució es va tallar o no ha acabat.',
  '{dir} has no {file}: it cannot be judged again.':
    '{dir} no té {file}: no es pot tornar a jutjar.',
  'Judged again: {students, plural, one {# student} other {# students}}, {marks, plural, =0 {no mark changes} one {# mark changes} other {# marks change}}, {trouble, plural, =0 {all could be judged} other {# cannot be judged again}}.':
    'Tornat a jutjar: {students, plural, one {# alumne} other {# alumnes}}, {marks, plural, =0 {no canvia cap nota} one {canvia # nota} other {canvien # notes}}, {trouble, plural, =0 {tots s’han pogut jutjar} one {# no es pot tornar a jutjar} other {# no es poden tornar a jutjar}}.',
  'judge runs again from their evidence, and say who changes':
    'torna a jutjar execucions a partir de les seves proves, i diu qui canvia',
  "folders of runs, or a class's folder of reports":
    'carpetes d’execucions, o la carpeta d’informes d’una classe',
  'write the reports of those who change, and the class, anew':
    'escriu de nou els informes de qui canvia, i la classe',
  'print it as one JSON document on stdout': 'escriu-ho com un sol document JSON a stdout',
  'No run is named in {paths}.': 'A {paths} no hi ha cap execució.',
  'Written: {path}': 'Escrit: {path}',
  'Nothing was written: {flag} does it.': 'No s’ha escrit res: ho fa {flag}.',
  // ── The class: the roster and the hand-ins
  'the name {name} is no name of a file.': 'el nom {name} no és cap nom de fitxer.',
  'the name {name} has a backslash, which parts folders on some systems only.':
    'el nom {name} té una barra inversa, que només separa carpetes en alguns sistemes.',
  'the name {name} begins at the root of a disk.': 'el nom {name} comença a l’arrel d’un disc.',
  'the name {name} leads out of the folder.': 'el nom {name} porta fora de la carpeta.',
  'the name {name} is too long or too deep.': 'el nom {name} és massa llarg o té massa carpetes.',
  'the name {name} is in it twice.': 'el nom {name} hi és dues vegades.',
  'the names {first} and {second} are one and the same on some systems.':
    'els noms {first} i {second} són el mateix en alguns sistemes.',
  'it holds more than {limit} files.': 'té més de {limit} fitxers.',
  'unpacked it is larger than {limit} MiB.': 'descomprimit ocupa més de {limit} MiB.',
  'it is no whole tar archive: {said}.': 'no és un arxiu tar sencer: {said}.',
  'it is an archive within an archive.': 'és un arxiu dins d’un altre arxiu.',
  '{name} is a link or a device, and no file.':
    '{name} és un enllaç o un dispositiu, i no un fitxer.',
  'it is no whole zip archive: {said}.': 'no és un arxiu zip sencer: {said}.',
  'it is locked with a password ({name}).': 'està protegit amb contrasenya ({name}).',
  'it is neither a folder nor an archive that can be read: {kinds} can.':
    'no és ni una carpeta ni un arxiu que es pugui llegir: es poden llegir {kinds}.',
  'the archive is larger than {limit} MiB.': 'l’arxiu ocupa més de {limit} MiB.',
  'the repository has no commit {commit}.': 'el repositori no té cap commit {commit}.',
  'the history of the repository ends at {commit}, which is not there.':
    'la història del repositori s’acaba a {commit}, que no hi és.',
  'the repository is larger than {limit} MiB; clone it, and name the folder instead.':
    'el repositori ocupa més de {limit} MiB; clona’l i indica’n la carpeta.',
  '{from} leads to {to}, another host: nothing was asked there.':
    '{from} porta a {to}, que és un altre servidor: allà no s’ha demanat res.',
  '{host} leads from one address to another without end.':
    '{host} porta d’una adreça a una altra sense fi.',
  '{host} shows no such repository to us ({status}): it is private, or its address is wrong.':
    '{host} no ens mostra aquest repositori ({status}): és privat, o l’adreça no és bona.',
  '{host} answered {status}, and no repository.': '{host} ha respost {status}, i cap repositori.',
  '{host} did not send the repository within {s} s.': '{host} no ha enviat el repositori en {s} s.',
  '{host} cannot be reached ({code}).': 'No es pot arribar a {host} ({code}).',
  'what {host} answered is no repository that can be read ({said}).':
    'el que ha respost {host} no és cap repositori que es pugui llegir ({said}).',
  'the repository holds a file of more than {limit} MiB.':
    'el repositori té un fitxer de més de {limit} MiB.',
  'the name {name} is Git’s own.': 'el nom {name} és del mateix Git.',
  'Links and submodules are left out: {names}.':
    'Els enllaços i els submòduls queden fora: {names}.',
  'Kept in Git LFS, and not fetched: {names}.': 'Desat a Git LFS, i no baixat: {names}.',
  'They cannot be read, and are left out: {names}.': 'No es poden llegir, i queden fora: {names}.',
  'there is no job file in it, only archives: {names}.':
    'no hi ha cap fitxer de job, només arxius comprimits: {names}.',
  'the repository is not whole: an object of the commit is not there.':
    'el repositori no és sencer: hi falta un objecte del commit.',
  'The archive that was handed in is empty.': 'L’arxiu que es va lliurar és buit.',
  'What was fetched at {at} is graded.': 'Es corregeix el que es va baixar el {at}.',
  'The repository is empty.': 'El repositori és buit.',
  'the repository has no default branch.': 'el repositori no té branca per defecte.',
  'The repository has no commit by the deadline, {deadline}: its first one is of {first}.':
    'El repositori no té cap commit dins del termini, {deadline}: el primer és del {first}.',
  'Graded is the last commit by the deadline, {commit}; commits have the time of the student’s own machine, which can be set at will.':
    'Es corregeix l’últim commit dins del termini, {commit}; els commits porten l’hora de la màquina de l’estudiant, que es pot posar com es vulgui.',
  '{later, plural, one {# later commit is} other {# later commits are}} left out.':
    '{later, plural, one {# commit posterior queda} other {# commits posteriors queden}} fora.',
  'Earlier versions of its files cannot be read ({why}): they are not looked at.':
    'Les versions anteriors dels fitxers no es poden llegir ({why}): no es miren.',
  'The time is the roster’s.': 'L’hora és la de la llista.',
  'The time is that of the newest file, which whoever wrote or copied it can set.':
    'L’hora és la del fitxer més nou, i la pot canviar qui l’escriu o el copia.',
  'The time is that of the student’s own machine, which can be set at will.':
    'L’hora és la de la màquina de l’estudiant, que es pot posar com es vulgui.',
  'It came at {at}, and the deadline was {deadline}. It is graded; what that costs is yours to say, in {file}.':
    'Va arribar el {at}, i el termini era el {deadline}. Es corregeix igualment; què costa ho decideixes tu, a {file}.',
  'it is no address.': 'no és cap adreça.',
  'nothing is fetched over {scheme}: give the address that begins with {https}, or clone it and name the folder.':
    'no es baixa res per {scheme}: posa l’adreça que comença per {https}, o clona’l i indica’n la carpeta.',
  'Nothing was handed in.': 'No es va lliurar res.',
  'it cannot be read: {said}': 'no es pot llegir: {said}',
  'it is not there; if nothing was handed in, leave its cell in the roster empty.':
    'no hi és; si no es va lliurar res, deixa’n buida la cel·la a la llista.',
  'it is neither a folder nor a file.': 'no és ni una carpeta ni un fitxer.',
  'Some of it was never committed: the folder is graded as it stands.':
    'D’una part no se’n va fer mai commit: la carpeta es corregeix tal com està.',
  'The folder {name} is empty.': 'La carpeta {name} és buida.',
  'this row names no student.': 'aquesta fila no diu cap estudiant.',
  'the name is longer than {limit} characters.': 'el nom té més de {limit} caràcters.',
  '{student} is in line {first} already.': '{student} ja és a la línia {first}.',
  '{first} and {second} could both be the hand-in of {student}: leave one.':
    '{first} i {second} podrien ser tots dos el lliurament de {student}: deixa’n un.',
  'Correct that; {page} says what a roster may hold.':
    'Corregeix-ho; {page} diu què pot tenir una llista.',
  'it is not a file.': 'no és un fitxer.',
  'it is larger than {limit} KiB.': 'ocupa més de {limit} KiB.',
  'it has more than {limit} rows.': 'té més de {limit} files.',
  'it is a workbook or an archive; save it as CSV, UTF-8.':
    'és un llibre de càlcul o un arxiu; desa’l com a CSV, UTF-8.',
  'it is saved as UTF-16; save it as UTF-8.': 'està desat en UTF-16; desa’l en UTF-8.',
  'it is not a text file.': 'no és un fitxer de text.',
  'this line is not UTF-8 (perhaps Latin-1, as Excel saves it); save the file as CSV, UTF-8.':
    'aquesta línia no és UTF-8 (potser Latin-1, com desa Excel); desa el fitxer com a CSV, UTF-8.',
  'a quotation mark opens here and is never closed.':
    'aquí s’obren unes cometes que no es tanquen mai.',
  'this row is longer than {limit} KiB.': 'aquesta fila ocupa més de {limit} KiB.',
  'a quotation mark stands in the middle of a cell: put the whole cell in quotes, and double it.':
    'hi ha unes cometes enmig d’una cel·la: posa tota la cel·la entre cometes, i dobla-les.',
  'it is empty.': 'és buit.',
  'it names no student.': 'no diu cap estudiant.',
  'the columns "{first}" and "{second}" mean the same: leave one.':
    'les columnes «{first}» i «{second}» volen dir el mateix: deixa’n una.',
  'no column names the students: the first line must have one called {code}.':
    'cap columna no diu els estudiants: la primera línia n’ha de tenir una que es digui {code}.',
  'this row has {n} cells and the first line {columns}: put a text with commas in quotes.':
    'aquesta fila té {n} cel·les i la primera línia {columns}: posa entre cometes el text que tingui comes.',
  '{at}: {who} is no student ({role}).': '{at}: {who} no és estudiant ({role}).',
  '"{text}" is no date: write it like {code}.': '«{text}» no és cap data: escriu-la així: {code}.',
  'no column says where the hand-ins are, and there is no folder {dir}.':
    'cap columna no diu on són els lliuraments, i no hi ha cap carpeta {dir}.',
  'Add a column called {code}, or name the folder with {flag}.':
    'Afegeix una columna que es digui {code}, o indica la carpeta amb {flag}.',
  '{at}: {n, plural, one {one column is} other {# columns are}} not used: {names}.':
    '{at}: {n, plural, one {una columna no es fa} other {# columnes no es fan}} servir: {names}.',
  'the hand-in of {student} is loose files: download them from Moodle in folders.':
    'el lliurament de {student} són fitxers solts: baixa’ls de Moodle en carpetes.',
  '{n, plural, one {One hand-in is} other {# hand-ins are}} of nobody in the roster: {names}.':
    '{n, plural, one {Un lliurament no és} other {# lliuraments no són}} de ningú de la llista: {names}.',
  'And {left} more such rows.': 'I {left} files més així.',
  // ── Beside the ten: suites 00 and 04, items of one’s own
  'Nomad on {vm} has no bridge network': 'el Nomad de {vm} no té xarxa bridge',
  '{name} in Consul is not put back: {why}':
    '{name} de Consul no s’ha tornat a deixar com era: {why}',
  '{name} in Consul is not put back': '{name} de Consul no s’ha tornat a deixar com era',
  '{name} in Consul is as it was before.': '{name} de Consul torna a ser com era.',
  '{name} in Consul was changed by somebody else meanwhile: it stays so.':
    'Algú altre ha canviat {name} de Consul mentrestant: es queda així.',
  '{name} changes again and again: it is not put back.':
    '{name} no para de canviar: no s’ha tornat a deixar com era.',
  'all members of Consul are there': 'hi són tots els membres de Consul',
  "DNS gives Consul's servers": 'el DNS dona els servidors de Consul',
  "Consul's own page is served": 'se serveix la pàgina de Consul',
  '{key} was {value} before.': '{key} ja era {value}.',
  'Somebody else writes {key} just now.': 'Algú altre està escrivint {key} ara mateix.',
  '{key} is written': 's’ha escrit {key}',
  'every agent reads {key}': 'cada agent llegeix {key}',
  '{key} is as it was': '{key} és com era',
  'the mesh is available': 'hi ha malla de serveis',
  'every service and its sidecar pass in Consul': 'cada servei i el seu sidecar passen a Consul',
  'the intention is as it was': 'la intenció és com era',
  "the dashboard's count is heard": 'se sent el compte del dashboard',
  'There is no suite {path}.': 'No hi ha cap suite {path}.',
  'it has no item {id}': 'no té cap apartat {id}',
  'it exports no {name}': 'no exporta cap {name}',
  '{id} is no number from 05.1 to 09.9': '{id} no és un número de 05.1 a 09.9',
  'the row {id} is wrong at {where}: {why}': 'la fila {id} és incorrecta a {where}: {why}',
  'no item {id} is written there': 'no hi ha escrit cap apartat {id}',
  '{path} is no suite: {why}.': '{path} no és cap suite: {why}.',
  'See {doc}.': 'Mira {doc}.',
  '{path} is in the folder that is graded, and nothing there configures the grader.':
    '{path} és a la carpeta que es corregeix, i res d’allà configura el corrector.',
  'also suites 00 and 04, which are in no mark': 'també les suites 00 i 04, que no són a cap nota',
  'also items of your own, which are in no mark': 'també apartats teus, que no són a cap nota',
  'It would need: {code}': 'Caldria: {code}',
  'the embedded lab simulates no sidecars': 'el laboratori inclòs no simula sidecars',
  'Consul Connect is off on {vm}': 'Consul Connect està desactivat a {vm}',
  "Consul's gRPC port is closed on {vm}": 'el port gRPC de Consul està tancat a {vm}',
  '{vm} has no CNI plugin {missing}': '{vm} no té el connector CNI {missing}',
  '{vm} has not got {missing}, and reaches no registry':
    '{vm} no té {missing}, i no arriba a cap registre',
  '{vm} ({address}) is no living member of Consul.':
    '{vm} ({address}) no és cap membre viu de Consul.',
  'See {code}, and the Consul agent of that VM.':
    'Mira {code} i l’agent de Consul d’aquesta màquina virtual.',
  '{vm} is {have} in Consul, and {want} on the sheet.':
    '{vm} és {have} a Consul, i {want} a l’enunciat.',
  'The key {name} is {have} at {vm}; it should be {want}.':
    'La clau {name} és {have} a {vm}; hauria de ser {want}.',
  '{name} resolved to {have}; the servers are at {want}.':
    '{name} s’ha resolt a {have}; els servidors són a {want}.',
  "{where} is not Consul's page: {error}.": '{where} no és la pàgina de Consul: {error}.',
  'On the server, set {code} in {file}, and restart {service}.':
    'Al servidor, posa {code} a {file}, i reinicia {service}.',
  'Not available here: {sentence}.': 'No disponible aquí: {sentence}.',
  'Of {want} instances of {service} that Consul lists, {have} pass.':
    'De {want} instàncies de {service} que llista Consul, en passen {have}.',
  'See {code}: the sidecar waits for Envoy and for Consul on port 8502.':
    'Mira {code}: el sidecar espera Envoy i Consul al port 8502.',
  'The service {service} has no sidecar: Nomad started none.':
    'El servei {service} no té sidecar: Nomad no n’ha engegat cap.',
  'Write {code} into the service block.': 'Escriu {code} al bloc service.',
  'The dashboard at {where} does not count ({have}): {text}.':
    'El dashboard de {where} no compta ({have}): {text}.',
  'See the upstream of the dashboard, and {code}.': 'Mira l’upstream del dashboard i {code}.',
  'The dashboard at {where} still counted ({have}) while an intention denied it.':
    'El dashboard de {where} encara comptava ({have}) mentre una intenció li ho denegava.',
  'The intention is not as it was before.': 'La intenció no és com era abans.',
  'consul members shows the server and every VM':
    'consul members mostra el servidor i cada màquina virtual',
  'all members are alive, as on the sheet': 'tots els membres són vius, com a l’enunciat',
  'a value is kept in KV': 'es guarda un valor a KV',
  'the value is written': 's’escriu el valor',
  'every agent reads it': 'cada agent el llegeix',
  'what was there before is put back': 'es torna a deixar el que hi havia',
  'DNS finds the servers of Consul': 'el DNS troba els servidors de Consul',
  'DNS gives exactly the servers': 'el DNS dona exactament els servidors',
  "Consul's page opens in the browser": 'la pàgina de Consul s’obre al navegador',
  'the page is served': 'se serveix la pàgina',
  'countdash runs in the mesh': 'countdash s’executa a la malla',
  'this cluster has what a mesh needs': 'aquest clúster té el que cal per a una malla',
  'four services of Consul, all passing': 'quatre serveis a Consul, tots passant',
  'the dashboard counts through the mesh': 'el dashboard compta a través de la malla',
  'the dashboard reaches its API': 'el dashboard arriba a la seva API',
  'an intention cuts it, and its end heals it':
    'una intenció ho talla, i en treure-la torna a anar',
  'denied, the dashboard reaches nothing': 'denegat, el dashboard no arriba enlloc',
  'without the intention it counts again': 'sense la intenció torna a comptar',
  'Beside the mark': 'A part de la nota',
  'These items are in no mark.': 'Aquests apartats no són a cap nota.',
  // ── Bug reports, and npm
  'Set {to} in the network block to the port on which its image listens, and name that port in {ports} in config.':
    'Posa a {to}, al bloc network, el port on escolta la seva imatge, i anomena aquest port a {ports} dins de config.',
  'npm kept {flags} for itself: write {code} (in PowerShell with the quotes).':
    'npm s’ha quedat {flags}: escriu {code} (a PowerShell, amb les cometes).',
  'write what a bug report may hold, and show it; nothing is sent':
    'escriu el que pot dur un informe d’error, i ho mostra; no s’envia res',
  "a run's folder: its verdicts, causes and timings":
    'la carpeta d’una execució: els seus veredictes, causes i temps',
  'the cluster file: which kinds of things it asks for':
    'el fitxer de cluster: quina mena de coses demana',
  'write it there': 'escriu-ho allà',
  'There is no {path}.': 'No hi ha {path}.',
  'This is all that {path} holds. Read it, then send it yourself: nothing was sent.':
    'Això és tot el que hi ha a {path}. Llegeix-ho i envia-ho tu: no s’ha enviat res.',
  // ── Following by hand (grade check --live)
  '{vm} is off for Consul, and Nomad still has not missed it. Is the whole VM off? After a restart of the server it may take 300 s once.':
    'Per a Consul {vm} està parada, i Nomad encara no la troba a faltar. Està parada tota la màquina virtual? Després de reiniciar el servidor pot tardar 300 s, una sola vegada.',
  '{path} is a self-report: it is never a grade by itself.':
    '{path} és un autoinforme: per si sol no és mai una nota.',
  'The update has not ended yet: stop no VM before {code} says {word}.':
    'L’actualització encara no ha acabat: no paris cap màquina virtual fins que {code} digui {word}.',
  'VMs were stopped before it had: start them again, and wait until it has.':
    'S’han parat màquines virtuals abans que acabés: torna-les a engegar i espera que acabi.',
  'follow what you do by hand on the cluster, and only watch':
    'segueix el que fas a mà al cluster, i només mira',
  'with {flag}: end after so many minutes': 'amb {flag}: acaba al cap d’aquests minuts',
  'with {flag}: where the page to hand in goes': 'amb {flag}: on va la pàgina per lliurar',
  'see whether a self-report is as it was written':
    'mira si un autoinforme és tal com es va escriure',
  'Following what you do on the cluster at {server} ({clients}). It only watches; it is no grade. Ctrl-C ends it.':
    'Se segueix el que fas al cluster de {server} ({clients}). Només mira; no és cap nota. Ctrl-C ho acaba.',
  'by the student with a program that watched; never a grade by itself.':
    'per l’estudiant, amb un programa que mirava; per si sol no és mai una nota.',
  'Register one nginx: {code}.': 'Registra un nginx: {code}.',
  'Register one apache: {code}.': 'Registra un apache: {code}.',
  'Write {code} into the file of nginx and register it again.':
    'Escriu {code} al fitxer de nginx i torna’l a registrar.',
  '{item} begins with three fit client VMs, and {fit, plural, one {# is} other {# are}} fit now.':
    '{item} comença amb tres màquines virtuals client a punt, i ara n’hi ha {fit, plural, one {#} other {#}}.',
  'Start {vms} again, and wait until it is ready: {item} begins with its VMs back.':
    'Torna a engegar {vms} i espera que estigui a punt: {item} comença amb totes les màquines virtuals.',
  'Stop {vm}, where nginx runs.': 'Para {vm}, on s’executa nginx.',
  'Stop two of the VMs where nginx runs: {vms}.':
    'Para dues de les màquines virtuals on s’executa nginx: {vms}.',
  'Stop one more of them: {vms}.': 'Para’n una més: {vms}.',
  'Start all but two of them again: {vms} are off.':
    'Torna-les a engegar totes menys dues: {vms} estan parades.',
  'Start one of {vms} again: it then gets one nginx more, which shows that the port was what Nomad waited for.':
    'Torna a engegar una de {vms}: llavors hi haurà un nginx més, i així es veu que Nomad esperava el port.',
  '{vm} is coming back.': '{vm} està tornant.',
  'Purge nginx ({purge}), and register one apache ({run}).':
    'Elimina nginx ({purge}) i registra un apache ({run}).',
  '{vm} is off, and Nomad has not missed it yet: it does when the last heartbeat has run out (up to 20 s) and its grace too (10 s by default), so after 10 to 30 s.':
    '{vm} està parada i Nomad encara no l’ha trobada a faltar: ho fa quan s’esgota l’últim batec (fins a 20 s) i també la pròrroga (10 s per defecte), és a dir, al cap de 10 a 30 s.',
  'Nomad has missed {vm} ({nomad}); Consul still says {consul}.':
    'Nomad ja troba a faltar {vm} ({nomad}); Consul encara diu {consul}.',
  'All of it is seen: it must stay so for {seconds} s more.':
    'Ja es veu tot: s’ha de mantenir així {seconds} s més.',
  '{vm} was off: Nomad said {nomad}, Consul {consul}.':
    '{vm} estava parada: Nomad deia {nomad}, Consul {consul}.',
  '{service} ({id}) runs on {vm} at {where} and answers {answer}.':
    '{service} ({id}) s’executa a {vm}, a {where}, i respon {answer}.',
  'DNS gives {addresses} for {name}.': 'El DNS dona {addresses} per a {name}.',
  'Consul agents asked: {vms}.': 'Agents de Consul consultats: {vms}.',
  'Whether it was opened in a browser cannot be seen from here.':
    'Des d’aquí no es pot veure si s’ha obert amb un navegador.',
  'The agents were asked here: what you typed yourself cannot be seen.':
    'Els agents s’han consultat des d’aquí: el que has escrit tu no es pot veure.',
  '{vm} came back before {item} was seen: stop it again, and wait for the tick.':
    '{vm} ha tornat abans que s’hagi vist {item}: torna-la a parar i espera la marca.',
  '{vm} came back before Nomad had missed it, so nothing was replaced: stop it again and wait 10 to 30 s.':
    '{vm} ha tornat abans que Nomad la trobés a faltar, i per això no s’ha substituït res: torna-la a parar i espera de 10 a 30 s.',
  '{vm} is off besides, and {item} stops only {enough}: start it again.':
    '{vm} també està parada, i {item} només en para {enough}: torna-la a engegar.',
  '{vm} is off, and no nginx ran there: {item} is about {vms}, where it runs. Start {vm} again.':
    '{vm} està parada i no hi havia cap nginx: {item} va de {vms}, on s’executa. Torna a engegar {vm}.',
  '{vm} is off, and {item} begins with its VMs back: start it again.':
    '{vm} està parada, i {item} comença amb totes les màquines virtuals: torna-la a engegar.',
  'Besides {id} there is {others}: purge what is not for this item.':
    'A més de {id} hi ha {others}: elimina el que no sigui d’aquest apartat.',
  '{id} is stopped, and not purged: {item} wants {code}.':
    '{id} està aturat, i no eliminat: {item} demana {code}.',
  'apache runs beside nginx: {item} wants nginx purged, {code}.':
    'apache s’executa al costat de nginx: {item} demana eliminar nginx, {code}.',
  'The job is called {id}, not {usual} as on the sheet. Its name is yours; what counts is the name of its service.':
    'El job es diu {id}, i no {usual} com a l’enunciat. El nom el tries tu; el que compta és el nom del servei.',
  'The server {server} does not answer: was it stopped? Nothing is seen until it is back, and no item stops it. {why}':
    'El servidor {server} no respon: l’has parat? No es veu res fins que torni, i cap apartat no el para. {why}',
  'It answers on {address} only, and here nobody logs in to ask it there.':
    'Només respon a {address}, i aquí ningú no hi entra per preguntar-li.',
  'Seen: {items}.': 'Vist: {items}.',
  'Not seen: {items}.': 'No vist: {items}.',
  'To hand in: {path}, with the files beside it.':
    'Per lliurar: {path}, amb els fitxers del costat.',
  '{seen} of {all} items were seen': 'S’han vist {seen} de {all} apartats',
  'Followed by {code} from {from} to {to}, on the cluster at {server}.':
    'Seguit per {code} del {from} al {to}, al cluster de {server}.',
  seen: 'vist',
  'not seen': 'no vist',
  'Told while it was done': 'Dit mentre es feia',
  'What was seen to change': 'Què s’ha vist canviar',
  'Each line of {file} carries the checksum of the one before it: {code} says whether one was changed. Who has the program can write all of it anew.':
    'Cada línia de {file} porta la suma de control de l’anterior: {code} diu si se n’ha canviat cap. Qui té el programa ho pot tornar a escriure tot.',
  'The evidence is not the file that the report was made of.':
    'L’evidència no és el fitxer amb què es va fer l’informe.',
  'Line {line} of the evidence was changed, or what is before it.':
    'La línia {line} de l’evidència s’ha canviat, o bé el que té davant.',
  'The evidence does not show what the report says was seen: {items}.':
    'L’evidència no mostra el que l’informe diu que s’ha vist: {items}.',
  'The report and its evidence are as they were written.':
    'L’informe i la seva evidència són tal com es van escriure.',
  'A self-report is never a grade by itself.': 'Un autoinforme per si sol no és mai una nota.',
  '{path} is no self-report with its evidence beside it: {why}':
    '{path} no és un autoinforme amb la seva evidència al costat: {why}',
} as const
