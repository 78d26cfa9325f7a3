import type { Catalogue } from '../helpers/language/message.ts'

/** Castellano: the same keys as ca.ts. */
export const es: Catalogue = {
  '{said}': '{said}',
  '{sentences}': '{sentences}',

  // ── The grader itself
  'The grader itself failed: {said}': 'El propio corrector ha fallado: {said}',

  // ── Whether the cluster is fit (grade doctor)
  "Consul's catalog has no service called {missing}.":
    'En el catálogo de Consul no hay ningún servicio que se llame {missing}.',
  'See that every Nomad agent has a consul block that reaches the Consul agent of its own VM, and restart nomad.':
    'Mira que cada agente de Nomad tenga un bloque consul que llegue al agente de Consul de su máquina virtual, y reinicia nomad.',
  "Consul's DNS at {where} does not answer: {error}":
    'El DNS de Consul en {where} no responde: {error}',
  'On the server, set {code} (and no other {other}) in {file}, and restart {service}.':
    'En el servidor, pon {code} (y ningún otro {other}) en {file}, y reinicia {service}.',
  "Consul's DNS at {where} knows no {name} ({rcode}).":
    'El DNS de Consul en {where} no conoce {name} ({rcode}).',
  "See Consul's log on {server}: {code}": 'Mira el registro de Consul en {server}: {code}',
  '{name} ({host}) is off or out of reach: neither Nomad, Consul nor SSH answers there, and its hypervisor says so.':
    '{name} ({host}) está parada o no se puede llegar a ella: no responde ni Nomad, ni Consul, ni SSH, y el hipervisor dice lo mismo.',
  '{name} ({host}) is off or out of reach: neither Nomad, Consul nor SSH answers there.':
    '{name} ({host}) está parada o no se puede llegar a ella: no responde ni Nomad, ni Consul, ni SSH.',
  'Start it: {how}.': 'Arráncala: {how}.',
  'Start its VM.': 'Arranca su máquina virtual.',
  'Or leave it out: {code}': 'O bien déjala fuera: {code}',
  '{who} on {vm} does not run: nothing listens on port {port} ({shut}).':
    '{who} no se ejecuta en {vm}: nadie escucha en el puerto {port} ({shut}).',
  'There: {code}; {log} says why it stopped.': 'Allí: {code}; {log} dice por qué se ha parado.',
  '{who} on {vm} does not answer on port {port} ({shut}).':
    '{who} no responde en {vm} por el puerto {port} ({shut}).',
  'See whether a firewall on the VM drops it.':
    'Mira si el cortafuegos de la máquina virtual lo descarta.',
  '{who} on {vm}': '{who} en {vm}',
  'On {vm} we may not ask Docker which images are there ({trouble}).':
    'En {vm} no tenemos permiso para preguntar a Docker qué imágenes hay ({trouble}).',
  'There: {code}, with the user that logs in. A run goes on without that.':
    'Allí: {code}, con el usuario que entra. Se puede corregir igualmente sin esto.',
  'Nomad calls Docker on {vm} healthy, but the docker command there says: {trouble}.':
    'Nomad dice que Docker funciona bien en {vm}, pero allí la orden docker dice: {trouble}.',
  'Ask again in half a minute: Nomad notices a dead Docker by then. If it listens elsewhere on purpose, set DOCKER_HOST for the user that logs in.':
    'Pregúntalo otra vez dentro de medio minuto: entonces Nomad ya habrá notado que Docker no funciona. Si escucha en otro sitio a propósito, define DOCKER_HOST para el usuario que entra.',
  'Docker on {vm} cannot be asked: {trouble}.':
    'No se puede preguntar a Docker en {vm}: {trouble}.',
  '{code} brings the images to every VM.':
    '{code} lleva las imágenes a todas las máquinas virtuales.',
  '{vm} has not got {missing}: a first start there pulls, which may take minutes.':
    '{vm} no tiene {missing}: la primera vez tiene que descargarla, y puede tardar minutos.',
  "{vm} has not got {missing}, and cannot reach Docker's registry to pull.":
    '{vm} no tiene {missing}, y no puede llegar al registro de Docker para descargarla.',
  '{first} and {second}': '{first} y {second}',
  '{first}, {second}': '{first}, {second}',
  '{name} is never stopped: {why}.': '{name} no se para nunca: {why}.',
  'it is a server': 'es un servidor',
  'the grader itself runs on it': 'el propio corrector se ejecuta en ella',
  'Ask again in a moment.': 'Pregúntalo otra vez dentro de un momento.',
  'A run goes on without it.': 'Se puede corregir sin esta máquina.',
  'The cluster file asks for the client {name}, and Nomad knows no such node.':
    'El fichero del clúster pide el cliente {name}, y Nomad no conoce ese nodo.',
  'Correct "{key}" in the cluster file ({code} lists them), or start that VM.':
    'Corrige «{key}» en el fichero del clúster ({code} los lista), o arranca esa máquina virtual.',
  'Only {clients, plural, one {# client} other {# clients}} of Nomad can be graded on, and the sheet needs {needed}.':
    'Solo se puede corregir con {clients, plural, one {# cliente} other {# clientes}} de Nomad, y el ejercicio necesita {needed}.',
  'Start more VMs, with {code} in {file}; box-1 as the server does not count.':
    'Arranca más máquinas virtuales, con {code} en {file}; box-1, que es el servidor, no cuenta.',
  'Nomad misses a stopped client after at most {longest} s (heartbeats of up to 20 s and {grace} s of grace); after a change of its leader once after 300 s, which a run waits out.':
    'Nomad echa en falta un cliente parado a los {longest} s como mucho (latidos de hasta 20 s y {grace} s de margen); después de un cambio de líder, una vez a los 300 s, y la corrección lo espera.',
  'While the server is silent nobody can name its clients: they were not looked at.':
    'Mientras el servidor calla nadie sabe qué clientes tiene: no se han mirado.',
  'Nomad {nomad}, Consul {consul}.': 'Nomad {nomad}, Consul {consul}.',
  'A job called {job} is here on {vms} that this grader did not register.':
    'Hay un job {job} en {vms} que este corrector no ha registrado.',
  'A job called {job} is here that this grader did not register.':
    'Hay un job {job} que este corrector no ha registrado.',
  '{code}, or let the grader do that: {flag}': '{code}, o deja que lo haga el corrector: {flag}',
  'The job {job} runs on {vms}, and VMs that it uses would be stopped.':
    'El job {job} se ejecuta en {vms}, y habría que parar máquinas virtuales que usa.',
  'The job {job} runs, and VMs that it uses would be stopped.':
    'El job {job} se está ejecutando, y habría que parar máquinas virtuales que usa.',
  'Stop it ({code}), exclude its VMs in the cluster file, or allow it: {flag}':
    'Páralo ({code}), excluye sus máquinas virtuales en el fichero del clúster, o permítelo: {flag}',
  'Consul on {node} still has a service {service} of an allocation that Nomad no longer knows.':
    'Consul en {node} todavía tiene un servicio {service} de una allocation que Nomad ya no conoce.',
  "It goes by itself within 90 s of the VM's start, which a run waits for; else, on {node}: {code}":
    'Se va solo antes de 90 s desde que arranca la máquina virtual, y la corrección lo espera; si no, en {node}: {code}',
  "Somebody else's service {service} stands in Consul on {node}.":
    'En Consul hay un servicio {service} de otra persona, en {node}.',
  'On {node}: {code}': 'En {node}: {code}',
  'The disk of {vm} is full: {mb} MB are free at {mount}.':
    'El disco de {vm} está lleno: quedan {mb} MB libres en {mount}.',
  'There: {code}': 'Allí: {code}',
  "The clock of {name} is {by} s ahead of the other VMs'.":
    'El reloj de {name} va {by} s adelantado respecto al de las otras máquinas virtuales.',
  "The clock of {name} is {by} s behind the other VMs'.":
    'El reloj de {name} va {by} s atrasado respecto al de las otras máquinas virtuales.',
  'There: {code}, or set it with {other}': 'Allí: {code}, o ponlo en hora con {other}',
  'A run grades this cluster just now (process {pid}): what is off or strange may be its doing.':
    'Ahora mismo se está corrigiendo en este clúster (proceso {pid}): lo que está parado o es extraño puede ser por eso.',
  'Ask again when it has ended.': 'Pregúntalo otra vez cuando haya terminado.',
  '{name} off': '{name} parada',
  'the job {job} registered': 'el job {job} registrado',
  '{name} ineligible': '{name} sin poder recibir trabajo',
  'A run that ended early left {parts}.':
    'Una corrección que terminó antes de tiempo ha dejado {parts}.',
  '{code} undoes that; the next run does so too before it begins.':
    '{code} lo deshace; la próxima corrección también lo hace antes de empezar.',
  'Port 80 on {name} is held by {called}, outside Nomad.':
    'El puerto 80 de {name} lo tiene ocupado {called}, fuera de Nomad.',
  'Port 80 on {name} is held by something outside Nomad.':
    'El puerto 80 de {name} lo tiene ocupado algo de fuera de Nomad.',
  'There: {code}, and stop that container.': 'Allí: {code}, y para ese contenedor.',
  'There: {code} says which program it is; stop it.': 'Allí: {code} dice qué programa es; páralo.',
  'There is no way to start a stopped VM again: {how}.':
    'No hay manera de volver a arrancar una máquina virtual parada: {how}.',
  'Write a "{key}" part into the cluster file ({code} finds what is there), or grade only items that stop nothing: {flag}':
    'Escribe una parte «{key}» en el fichero del clúster ({code} encuentra lo que hay), o corrige solo los apartados que no paran nada: {flag}',
  'The cluster file wants VMs to be cut ({code}), and {driver} cannot do that.':
    'El fichero del clúster quiere que se corte la corriente de las máquinas virtuales ({code}), y {driver} no puede hacerlo.',
  'Write "{code}" into the "{key}" part, or give it a line or a driver that cuts.':
    'Escribe «{code}» en la parte «{key}», o pon una línea o un driver que pueda hacerlo.',
  'Map it in the cluster file: {code}': 'Di cuál es en el fichero del clúster: {code}',
  '{title} on this machine knows {vms}.': '{title} de esta máquina conoce {vms}.',
  'Write "{code}" into the cluster file, or let {command} write it.':
    'Escribe «{code}» en el fichero del clúster, o deja que lo escriba {command}.',
  'VMs lose their power (cut), and are started again by {by}.':
    'A las máquinas virtuales se les corta la corriente (cut), y se vuelven a arrancar con {by}.',
  'VMs are stopped by the line "stop:" of the cluster file, and started again by {by}.':
    'Las máquinas virtuales se paran con la línea «stop:» del fichero del clúster, y se vuelven a arrancar con {by}.',
  'VMs are stopped over SSH ({code}), and started again by {by}.':
    'Las máquinas virtuales se paran por SSH ({code}), y se vuelven a arrancar con {by}.',
  'On {vm}, "{code}" ended with {ended}.': 'En {vm}, «{code}» ha terminado con {ended}.',
  'a lost connection': 'una conexión perdida',
  '{who} on {server} has no leader.': '{who} en {server} no tiene líder.',
  'See its log there: {log}. A lone server needs {code}.':
    'Mira su registro allí: {log}. Un servidor solo necesita {code}.',
  'Neither Nomad ({nomad}), Consul ({consul}) nor SSH answers at {server}: the server is off or out of reach.':
    'Ni Nomad ({nomad}), ni Consul ({consul}), ni SSH responden en {server}: el servidor está parado o no se puede llegar a él.',
  'Start its VM and wait a minute, or give the right address: {flag}':
    'Arranca su máquina virtual y espera un minuto, o da la dirección correcta: {flag}',
  'Start its VM and wait a minute, or correct "{key}" in the cluster file.':
    'Arranca su máquina virtual y espera un minuto, o corrige «{key}» en el fichero del clúster.',
  '{who} on the server ({where})': '{who} en el servidor ({where})',
  'See its log: {log}': 'Mira su registro: {log}',
  '{at} gives no useful answer: {seen}': '{at} no da ninguna respuesta útil: {seen}',
  '{at} does not run: {seen}': '{at} no se ejecuta: {seen}',
  '{at} does not answer: {seen}': '{at} no responde: {seen}',
  'On the server: {code}; {log} says why it stopped. If it does run, "{key}" in the cluster file says on which port it is asked.':
    'En el servidor: {code}; {log} dice por qué se ha parado. Si sí que se ejecuta, «{key}» del fichero del clúster dice en qué puerto se le pregunta.',
  '{at} listens on {loopback} only: it answers inside its VM and refuses from outside.':
    '{at} solo escucha en {loopback}: responde dentro de su máquina virtual y rechaza lo que viene de fuera.',
  'Set {code} in {file} there and restart {service}; or write "{route}" into the cluster file.':
    'Pon {code} en {file} allí y reinicia {service}; o escribe «{route}» en el fichero del clúster.',
  'Nomad says {name} is {status}.': 'Nomad dice que {name} está {status}.',
  'See that the VM is up and Nomad runs on it: {code}, and there {log}':
    'Mira que la máquina virtual esté arrancada y que Nomad funcione en ella: {code}, y allí {log}',
  '{name} is in the datacenter {its}, and the sheet names {datacenter}.':
    '{name} está en el centro de datos {its}, y el enunciado dice {datacenter}.',
  "Set {code} in Nomad's and Consul's configuration there, and restart both.":
    'Pon {code} en la configuración de Nomad y de Consul de allí, y reinicia los dos.',
  'Consul says {name} ({host}) is {member}.': 'Consul dice que {name} ({host}) está {member}.',
  'Consul says {name} ({host}) is no member.':
    'Consul dice que {name} ({host}) no es ningún miembro.',
  'See {code}, and there: {log}': 'Mira {code}, y allí: {log}',
  'Nomad says that Docker is not healthy on {name}.':
    'Nomad dice que Docker no funciona bien en {name}.',
  'There: {code}, and half a minute later {look} shows it.':
    'Allí: {code}, y medio minuto más tarde {look} lo muestra.',
  'Nomad gives {name} no work: it is {eligibility} (by hand, or by a drain).':
    'Nomad no da trabajo a {name}: está {eligibility} (a mano, o por un drain).',
  "Nomad on {name} gives out VirtualBox's NAT address {nat}, which is the same on every VM: no container there can be reached.":
    'Nomad en {name} da la dirección NAT de VirtualBox, {nat}, que es la misma en todas las máquinas virtuales: no se puede llegar a ningún contenedor de allí.',
  'Set {one} and {other} to the host-only interface in {file} there, and restart {service}.':
    'Pon {one} y {other} en la interfaz host-only, en {file} de allí, y reinicia {service}.',
  'The same on {others}.': 'Lo mismo pasa en {others}.',
  'No VM lets us in by SSH: write the user and the private key under "{key}".':
    'Ninguna máquina virtual nos deja entrar por SSH: escribe el usuario y la clave privada en «{key}».',
  'No way to start the VMs was found: write a "{key}" part ({page}).':
    'No se ha encontrado ninguna manera de arrancar las máquinas virtuales: escribe una parte «{key}» ({page}).',
  'No way to start the VMs was found ({others} is here, and knows none of them): write a "{key}" part ({page}).':
    'No se ha encontrado ninguna manera de arrancar las máquinas virtuales (está {others}, pero no conoce ninguna): escribe una parte «{key}» ({page}).',
  '{driver} knows no VM for {name}: write it under "{key}".':
    '{driver} no conoce ninguna máquina virtual para {name}: escríbela en «{key}».',
  '{vm}: {what}': '{vm}: {what}',
  '{vm}: all images are there.': '{vm}: ya están todas las imágenes.',
  'Still missing after loading: {missing}.': 'Después de cargarlas todavía falta: {missing}.',
  'See that what was loaded holds it under that name: {code}':
    'Mira que lo que se ha cargado la tenga con ese nombre: {code}',
  '{vm}: {missing} {n, plural, one {is there} other {are there}} now.':
    '{vm}: ahora ya {n, plural, one {está esta imagen} other {están estas imágenes}}: {missing}.',
  'The archive {path} cannot be read ({code}).': 'No se puede leer el archivo {path} ({code}).',
  'Make it: {code}': 'Hazlo: {code}',
  'The Docker of this machine does not save {images}: {why}.':
    'El Docker de esta máquina no guarda {images}: {why}.',
  '{code} here, name an archive under "{key}" in the cluster file, or a registry with {flag}.':
    'Haz {code} aquí, pon el nombre de un archivo en «{key}» del fichero del clúster, o un registro con {flag}.',
  '{name}: {mb} MB sent': '{name}: {mb} MB enviados',
  '{name}: {mb} MB of {all} MB sent': '{name}: {mb} MB de {all} MB enviados',
  'On {vm}, "{code}" ended with {ended}: {said}.':
    'En {vm}, «{code}» ha terminado con {ended}: {said}.',
  'See whether its disk is full ({code}) and the archive is whole.':
    'Mira si tiene el disco lleno ({code}) y si el archivo está entero.',
  '{mirror} is no name of a registry.': '{mirror} no es ningún nombre de registro.',
  'Write it as {form}.': 'Escríbelo así: {form}.',
  'pulling {from}': 'descargando {from}',
  '{vm} cannot pull {from}: {said}.': '{vm} no puede descargar {from}: {said}.',
  'See that the VM reaches that registry; one without TLS must be in "{key}" of its {file}.':
    'Mira que la máquina virtual llegue a ese registro; si no tiene TLS tiene que estar en «{key}» de su {file}.',
  address: 'dirección',
  fit: 'apta',
  'not fit': 'no apta',
  'Fit: {good} can be graded on.': 'Apto: se puede corregir con {good}.',
  'Not fit: one thing to mend (✗).': 'No apto: hay una cosa que arreglar (✗).',
  'Not fit: {count} things to mend (✗).': 'No apto: hay {count} cosas que arreglar (✗).',

  // ── The rubric
  'the job file parses': 'el fichero del job se puede leer',
  'policy allows the job': 'las normas permiten el job',
  'Nomad registers the job': 'Nomad registra el job',
  'its image is the one of the sheet': 'la imagen es la del enunciado',
  'it settles on the replicas asked for': 'se estabiliza con las réplicas pedidas',
  'Consul lists exactly these replicas': 'Consul lista exactamente esas réplicas',
  'each replica answers over HTTP': 'cada réplica responde por HTTP',
  'DNS gives exactly their addresses': 'el DNS da exactamente sus direcciones',
  'it stays so': 'se mantiene así',
  'the stop was effective': 'la máquina se ha parado de verdad',
  'every replica is at port 80': 'todas las réplicas están en el puerto 80',
  'each replica is on a VM of its own': 'cada réplica está en una máquina virtual distinta',
  'deploy one nginx': 'despliega un nginx',
  'when its VM stops, nginx reappears on another VM':
    'cuando se para su máquina virtual, nginx reaparece en otra',
  'its replacement runs on another VM': 'la sustituta se ejecuta en otra máquina virtual',
  'three replicas of nginx': 'tres réplicas de nginx',
  'the job does not force them onto one VM': 'el job no las obliga a ir a una sola máquina virtual',
  'three replicas at the static port 80': 'tres réplicas en el puerto estático 80',
  'the browser opens what DNS gives first':
    'el navegador abre la primera dirección que devuelve el DNS',
  'every address serves the page': 'todas las direcciones sirven la página',
  'with two VMs off, as many replicas as VMs are left':
    'con dos máquinas virtuales paradas, tantas réplicas como máquinas quedan',
  'Nomad holds the rest back because of the port': 'Nomad retiene el resto a causa del puerto',
  'a VM that returns gets one more replica':
    'una máquina virtual que vuelve recibe una réplica más',
  'nginx is purged, one apache is deployed': 'se elimina nginx y se despliega un apache',
  'the agents of the VMs say where apache is':
    'los agentes de las máquinas virtuales dicen dónde está apache',
  'exactly the agents of its VMs list apache':
    'solo los agentes de sus máquinas virtuales listan apache',
  'any agent lists the services of the datacenter':
    'cualquier agente lista los servicios del centro de datos',
  'every agent gives the same services': 'todos los agentes dan los mismos servicios',
  'the catalog says where apache is': 'el catálogo dice dónde está apache',
  'the entries equal the replicas one for one':
    'las entradas coinciden con las réplicas, una por una',

  // ── Verdicts: why an item is so, and what to do
  'Every criterion was proved.': 'Se han comprobado todos los criterios.',
  'Blocked by {item}, on which it builds: {sentence}':
    'Bloqueado por {item}, en el que se basa: {sentence}',
  'Not known, because {item} is not known: {sentence}':
    'No se sabe, porque {item} no se sabe: {sentence}',
  '{file}, line {line}': '{file}, línea {line}',
  '{first} or {second}': '{first} o {second}',
  '{first}; {second}': '{first}; {second}',
  'Nothing of yours: fix the lab (or ask your teacher) and run this item again.':
    'No es culpa tuya: arregla el laboratorio (o avisa al profesor) y vuelve a ejecutar este apartado.',
  'Nomad could not be asked: {text}': 'No se ha podido preguntar a Nomad: {text}',
  'The job was gone from Nomad though nobody of ours removed it.':
    'El job ha desaparecido de Nomad y el corrector no lo ha eliminado.',
  'The job registers no service: Consul never hears of {service}.':
    'El job no registra ningún servicio: Consul no sabe nada de {service}.',
  'Add a block {code} to the task.': 'Añade un bloque {code} a la tarea.',
  'The job registers the service {names}, not {service}.':
    'El job registra el servicio {names}, no {service}.',
  'Set {code} in the service block.': 'Pon {code} en el bloque service.',
  'It cannot be said under which name the job registers its service: {name}.':
    'No se puede saber con qué nombre registra el job su servicio: {name}.',
  'Write {code} as on the sheet, or ask your teacher to look at it.':
    'Escribe {code} como en el enunciado, o pide al profesor que lo mire.',
  'The service {service} is registered in Nomad, not in Consul (provider = "nomad").':
    'El servicio {service} está registrado en Nomad, no en Consul (provider = "nomad").',
  'The job asks for {have, plural, one {# replica} other {# replicas}}, and this item wants {want}.':
    'El job pide {have, plural, one {# réplica} other {# réplicas}}, y este apartado quiere {want}.',
  'Set {code} in the group.': 'Pon {code} en el grupo.',
  '{have, plural, one {# replica} other {# replicas}} ran, and {want} were wanted.':
    'Se ejecutaba {have, plural, one {# réplica} other {un total de # réplicas}}, y se querían {want}.',
  'The client {vm} was {status} though nobody of ours stopped it.':
    'El cliente {vm} estaba en el estado «{status}» y el corrector no lo ha parado.',
  'unknown to Nomad': 'desconocido para Nomad',
  'failed in Consul': '«failed» en Consul',
  "Nomad's scheduler left an evaluation pending.":
    'El planificador de Nomad ha dejado una evaluación pendiente.',
  'No client is in the datacenter that the job names ({datacenter}).':
    'No hay ningún cliente en el centro de datos que dice el job ({datacenter}).',
  'The sheet uses {code}.': 'El enunciado usa {code}.',
  'A constraint of the job matches no client that is left: {filter}.':
    'Una restricción (constraint) del job no la cumple ninguno de los clientes que quedan: {filter}.',
  'Remove the constraint, or name a client that exists ({code}).':
    'Quita la restricción, o pon un cliente que exista ({code}).',
  'No client has room for group {group}: {dimension} is exhausted.':
    'Ningún cliente tiene sitio para el grupo {group}: {dimension} está agotado.',
  'The sheet asks for cpu = 500 and memory = 256 in resources.':
    'El enunciado pide cpu = 500 y memory = 256 en resources.',
  'Group {group} finds no VM whose port is free: {dimension}.':
    'El grupo {group} no encuentra ninguna máquina virtual con el puerto libre: {dimension}.',
  'A static port fits once on each VM.':
    'Un puerto estático solo cabe una vez en cada máquina virtual.',
  'Nomad finds no place for a replica as long as {names} takes none.':
    'Nomad no encuentra sitio para una réplica mientras {names} no admita ninguna.',
  "The clients lack something of the lab's: {filter}.":
    'A los clientes les falta algo del laboratorio: {filter}.',
  '{vm} was still downloading the image.': '{vm} todavía estaba descargando la imagen.',
  'The registry knows no such image: {text}':
    'El registro de imágenes no conoce esa imagen: {text}',
  'Check the name and the tag of the image against the sheet.':
    'Compara el nombre y la etiqueta de la imagen con los del enunciado.',
  '{vm} could not pull the image: {text}': '{vm} no ha podido descargar la imagen: {text}',
  'The registry could not be reached or refused for now: bring the images to the VMs and run this item again.':
    'No se ha podido llegar al registro de imágenes, o de momento se niega: lleva las imágenes a las máquinas virtuales y vuelve a ejecutar este apartado.',
  "Docker's driver does not understand the task's config: {text}.":
    'El driver de Docker no entiende el bloque config de la tarea: {text}.',
  'The allocation could not be set up: {text}.': 'No se ha podido preparar la allocation: {text}.',
  'A port of the container is not in the network block: {text}.':
    'Un puerto del contenedor no está en el bloque network: {text}.',
  'Something outside Nomad holds the port on {vm}: {text}':
    'Algo de fuera de Nomad tiene ocupado el puerto en {vm}: {text}',
  'The disk of {vm} is full: {text}': 'El disco de {vm} está lleno: {text}',
  'Docker on {vm} could not start the container: {text}':
    'Docker no ha podido arrancar el contenedor en {vm}: {text}',
  'The sheet gives the task no command of its own: leave command and entrypoint out.':
    'En el enunciado la tarea no tiene ninguna orden propia: quita command y entrypoint.',
  'The container of task {task} on {vm} ends again and again: {text}':
    'El contenedor de la tarea {task} en {vm} termina una y otra vez: {text}',
  'Look at {code}. The sheet gives the task no command of its own.':
    'Mira {code}. En el enunciado la tarea no tiene ninguna orden propia.',
  'A replica on {vm} had not started.': 'Una réplica en {vm} no había arrancado.',
  'The update had not ended: {have} of {want} replicas were running.':
    'La actualización no había terminado: se ejecutaban {have} de {want} réplicas.',
  'The deployment did not succeed: {text}': 'El despliegue no ha ido bien: {text}',
  'See {code}: which replica is unhealthy, and why.':
    'Mira {code}: qué réplica no está bien, y por qué.',
  'The job waits for the promotion of its canaries ({canaries}), which nobody gives.':
    'El job espera que se promuevan sus canarios ({canaries}), y nadie lo hace.',
  'Remove canary from the update block, or set auto_promote = true.':
    'Quita canary del bloque update, o pon auto_promote = true.',
  'A replica of an older version of the job still ran on {vm}.':
    'Todavía se ejecutaba en {vm} una réplica de una versión anterior del job.',
  'Nomad still had {queued} replica(s) queued.':
    'Nomad todavía tenía {queued, plural, one {# réplica} other {# réplicas}} en la cola.',
  'The replica on {vm} is at port {port}, not {want}.':
    'La réplica de {vm} está en el puerto {port}, no en el {want}.',
  'Set static = 80 and to = 80 in {code}.': 'Pon static = 80 y to = 80 en {code}.',
  'Two replicas were on {vm}.': 'Había dos réplicas en {vm}.',
  'With static = 80 each VM takes one.': 'Con static = 80 cabe una en cada máquina virtual.',
  'The job itself sends its replicas to one VM: {filter}.':
    'El propio job envía las réplicas a una sola máquina virtual: {filter}.',
  'Leave constraint and affinity out: Nomad spreads the replicas.':
    'Quita constraint y affinity: Nomad ya reparte las réplicas.',
  'It cannot be said on which clients this constraint lets the job run: {filter}.':
    'No se puede saber en qué clientes deja esta restricción que se ejecute el job: {filter}.',
  'Ask your teacher to look at this item; without the constraint it can be graded.':
    'Pide al profesor que mire este apartado; sin la restricción se puede corregir.',
  'A replica was (again) on {vm}, the VM that was stopped.':
    'Había (otra vez) una réplica en {vm}, la máquina virtual que se ha parado.',
  'Nothing replaced allocation {allocation} on another VM.':
    'Nada ha sustituido la allocation {allocation} en otra máquina virtual.',
  'Leave constraints and reschedule out of the job: Nomad then moves it by itself.':
    'Quita las restricciones y reschedule del job: entonces Nomad lo mueve solo.',
  'A replica restarted though nothing was done to it.':
    'Una réplica se ha reiniciado sin que nadie le hiciera nada.',
  'Look at {code}.': 'Mira {code}.',
  'The replica on {vm} ended by itself and was replaced.':
    'La réplica de {vm} ha terminado sola y se ha sustituido.',
  'Look at {status} and {logs}: a web server must go on running.':
    'Mira {status} y {logs}: un servidor web no debe terminar nunca.',
  'Nomad replaced replicas that had not ended by themselves, again and again.':
    'Nomad ha ido sustituyendo, una y otra vez, réplicas que no habían terminado solas.',
  'See {code}: clients that come and go, or that somebody drains. Run it again.':
    'Mira {code}: clientes que van y vienen, o que alguien está vaciando. Vuelve a ejecutarlo.',
  'Nomad holds no replica back: there is no blocked evaluation.':
    'Nomad no retiene ninguna réplica: no hay ninguna evaluación bloqueada.',
  'With static = 80 the third replica waits for a VM whose port 80 is free.':
    'Con static = 80 la tercera réplica espera una máquina virtual con el puerto 80 libre.',
  'Nomad holds replicas back for another reason than port 80: {reasons}.':
    'Nomad retiene réplicas por un motivo que no es el puerto 80: {reasons}.',
  'With static = 80 alone, and no constraint, the port is what holds them back.':
    'Solo con static = 80, y sin ninguna restricción, es el puerto lo que las retiene.',
  'The VM that returned got no replica.':
    'La máquina virtual que ha vuelto no ha recibido ninguna réplica.',
  'The image is {have}, not {want}.': 'La imagen es {have}, no {want}.',
  'The task names no image.': 'La tarea no dice ninguna imagen.',
  "The sheet's image is {code}.": 'La imagen del enunciado es {code}.',
  'Consul could not be asked: {text}': 'No se ha podido preguntar a Consul: {text}',
  'Consul lists no {service} for the replica on {vm}.':
    'Consul no lista ningún {service} para la réplica de {vm}.',
  "Consul's check of the service on {vm} is critical: {text}.":
    'La comprobación (check) que Consul hace del servicio en {vm} es crítica: {text}.',
  "Consul's check of the service on {vm} is critical.":
    'La comprobación (check) que Consul hace del servicio en {vm} es crítica.',
  'Correct the check block, or leave it out as on the sheet.':
    'Corrige el bloque check, o quítalo como en el enunciado.',
  'The service {service} has no port: Consul cannot say where it answers.':
    'El servicio {service} no tiene puerto: Consul no puede decir dónde responde.',
  'Write {code} in the service block, the label of the network block.':
    'Escribe {code} en el bloque service, la etiqueta del bloque network.',
  'The job registers {address} in Consul for {vm}: not where the replica is.':
    'El job registra {address} en Consul para {vm}: no es donde está la réplica.',
  'Leave address and address_mode out of the service block and set {code}.':
    'Quita address y address_mode del bloque service y pon {code}.',
  'Consul lists one {service} too many, on {vm} ({id}).':
    'Consul lista un {service} de más, en {vm} ({id}).',
  "Somebody else's {service} stands in Consul on {vm} ({id}).":
    'En Consul hay un {service} de otra persona, en {vm} ({id}).',
  'Remove it ({code}) and run this item again.':
    'Quítalo ({code}) y vuelve a ejecutar este apartado.',
  'The replica on {vm} registers {service} more than once.':
    'La réplica de {vm} registra {service} más de una vez.',
  'One service block is enough.': 'Basta con un bloque service.',
  'Consul still listed a stopped {service} on {vm}.':
    'Consul todavía listaba un {service} parado en {vm}.',
  "{vm} is known under an address that is no member's (10.0.2.15 is VirtualBox's NAT).":
    '{vm} se conoce por una dirección que no es de ningún miembro (10.0.2.15 es la NAT de VirtualBox).',
  'Set network_interface of the Nomad client to the host-only interface; nothing of the job.':
    'Pon la interfaz host-only en network_interface del cliente de Nomad; no es nada del job.',
  'Consul DNS could not be asked: {text}': 'No se ha podido preguntar al DNS de Consul: {text}',
  '{name} resolved to {have}; the replicas are at {want}.':
    '{name} se ha resuelto a {have}; las réplicas están en {want}.',
  'an address': 'una dirección',
  'The replica on {vm} does not answer at {where} ({error}): {because}.':
    'La réplica de {vm} no responde en {where} ({error}): {because}.',
  'The replica on {vm} does not answer at {where} ({error}).':
    'La réplica de {vm} no responde en {where} ({error}).',
  'The container listens on port 80: {to} in the network block, and {ports} in config.':
    'El contenedor escucha en el puerto 80: {to} en el bloque network, y {ports} en config.',
  'the docker config does not publish it, {code} is missing':
    'el bloque config de docker no lo publica, falta {code}',
  'the network block leads to port {port} of the container, which listens on {listens}':
    'el bloque network lleva al puerto {port} del contenedor, que escucha en el {listens}',
  'the network block has no to = {listens}, so it leads to no port that listens':
    'el bloque network no tiene to = {listens}, y no lleva a ningún puerto que escuche',
  'the task runs a command of its own': 'la tarea ejecuta una orden propia',
  'Nothing came back from {where} on {vm}.': 'No ha llegado ninguna respuesta de {where}, en {vm}.',
  'What answers at {where} is {server}.': 'Lo que responde en {where} es {server}.',
  'no HTTP': 'algo que no es HTTP',
  'nothing it knows': 'nada conocido',
  'Check the image of the task.': 'Mira la imagen de la tarea.',
  'The replica on {vm} has no port that could be asked.':
    'La réplica de {vm} no tiene ningún puerto al que preguntar.',
  'Add {port} to network and {service} to the service.':
    'Añade {port} a network y {service} al servicio.',
  '{where} answers inside {vm} but not from here: a firewall.':
    '{where} responde dentro de {vm} pero no desde aquí: un cortafuegos.',
  'http://{address}/ answers with status {status} instead of a page.':
    'http://{address}/ responde con el estado {status} en lugar de una página.',
  "Mount nothing over the image's own pages, or put an index.html there.":
    'No montes nada encima de las páginas de la imagen, o pon ahí un index.html.',
  'The agent of {vm} lists {have} {service}; {want} of its replicas run there.':
    'El agente de {vm} lista {have} {service}; ahí se ejecutan {want} de sus réplicas.',
  'The Consul agent of {vm} could not be asked: {text}':
    'No se ha podido preguntar al agente de Consul de {vm}: {text}',
  'any VM': 'ninguna máquina virtual',
  'nobody was asked': 'no se ha preguntado a nadie',
  'The job registers nginx, too, and Consul does not list it.':
    'El trabajo también registra nginx, y Consul no lo lista.',
  'The catalog does not list {service}.': 'El catálogo no lista {service}.',
  "The catalog lacks the lab's own service {service}.":
    'En el catálogo falta el servicio {service}, que es del laboratorio.',
  'The catalog still lists nginx, registered by the job on {vm}.':
    'El catálogo todavía lista nginx, registrado por el job en {vm}.',
  'The apache job must register apache only.': 'El job de apache solo debe registrar apache.',
  'The agent of {vm} gave other services than the others.':
    'El agente de {vm} ha dado unos servicios distintos de los demás.',
  'The catalog has {have} entries for {want, plural, one {# replica} other {# replicas}}, or others.':
    'El catálogo tiene {have, plural, one {# entrada} other {# entradas}} para {want, plural, one {# réplica} other {# réplicas}}, u otras.',
  'One service block called apache, in one task, gives one entry for each replica.':
    'Un solo bloque service llamado apache, en una sola tarea, da una entrada por cada réplica.',
  'Stopping {vm} had no effect: Nomad says {nomad}, Consul says {consul}.':
    'Parar {vm} no ha tenido efecto: Nomad dice {nomad}, Consul dice {consul}.',
  'Not handed in: {why}.': 'No presentado: {why}.',
  'no file of the folder is for this item': 'ningún fichero de la carpeta es para este apartado',
  'Save the job file as plain text whose name ends in .nomad, in the folder itself.':
    'Guarda el fichero del job como texto plano, con un nombre que acabe en .nomad, en la misma carpeta.',
  'Which file is meant? {files} are equally near.': '¿Qué fichero es? {files} se parecen igual.',
  'Say it in stages.yaml, for example {code}.': 'Dilo en stages.yaml, por ejemplo {code}.',
  'The job file does not parse: {text}.': 'El fichero del job no se puede leer: {text}.',
  'The job may not run on this cluster: {sentence}':
    'El job no se puede ejecutar en este clúster: {sentence}',
  'Nomad does not accept the job: {text}.': 'Nomad no acepta el job: {text}.',
  'The run ended before this could be known.':
    'La ejecución ha terminado antes de que esto se pudiera saber.',
  'Run this item again.': 'Vuelve a ejecutar este apartado.',
  'Fix the cluster and run again.': 'Arregla el clúster y vuelve a ejecutarlo.',
  'Please report this; nothing of yours.': 'Informa de esto, por favor; no es culpa tuya.',
  'There was no leader.': 'No había líder.',
  'Only {fit} of {needed} clients were fit.': 'Solo eran aptos {fit} de {needed} clientes.',
  "Nomad did not place the grader's own tiny probe job either.":
    'Nomad tampoco ha podido colocar el pequeño job de prueba del corrector.',
  'The Consul agent of {vm} listens on 127.0.0.1 only: it was asked through SSH.':
    'El agente de Consul de {vm} solo escucha en 127.0.0.1: se le ha preguntado por SSH.',
  "Set aside: Consul's entry of allocation {id} on {node} at {where} is a leftover ({kind}).":
    'No se cuenta: la entrada de Consul de la allocation {id} en {node}, en {where}, es un resto ({kind}).',
  closing: 'se está cerrando',
  ghost: 'fantasma',
  stale: 'caducado',

  // ── What Nomad, HCL and Docker say
  'it is empty': 'está vacío',
  'Save the file in the editor and hand it in again.':
    'Guarda el fichero en el editor y vuelve a entregarlo.',
  'it has the quotes of a word processor': 'tiene las comillas de un procesador de textos',
  'Type each quote again: {code}.': 'Vuelve a escribir cada comilla: {code}.',
  'the block that begins here is never closed': 'el bloque que empieza aquí no se cierra nunca',
  'Add the {code}.': 'Añade la {code}.',
  'Everything stands inside {code}.': 'Todo debe estar dentro de {code}.',
  '{name} does not belong in this block': '{name} no va en este bloque',
  'See in which block the sheet has {name}: move it there.':
    'Mira en qué bloque tiene {name} el enunciado: ponlo ahí.',
  'Give the variable a default, or write its value: nobody passes variables.':
    'Da un valor por defecto a la variable, o escribe su valor: nadie pasa variables.',
  'a number is wanted here': 'aquí va un número',
  'Write the number without words or quotes.': 'Escribe el número sin palabras ni comillas.',
  'Compare this line with the sheet.': 'Compara esta línea con el enunciado.',
  'Name the same port in network, in ports and in the service: {code}.':
    'Pon el mismo puerto en network, en ports y en el servicio: {code}.',
  'its service names the port "{port}", which network has not':
    'su servicio nombra el puerto «{port}», que no está en network',
  'its region is not one of this cluster': 'su región no es de este clúster',
  'Take the line with region out: the sheet has none.':
    'Quita la línea de region: el enunciado no tiene ninguna.',
  'it names no datacenter': 'no dice ningún centro de datos',
  'Add {code} to the job.': 'Añade {code} al job.',
  'Set {code} in every service block.': 'Pon {code} en cada bloque service.',
  'its {name} is a {have}, and Nomad wants a value of type {type}':
    '{name} es de tipo {have}, y Nomad quiere un valor de tipo {type}',
  'Write numbers and true or false without quotes.':
    'Escribe los números y true o false sin comillas.',
  '{code} says the same.': '{code} dice lo mismo.',
  'The port of the service must be a label of the network block.':
    'El puerto del servicio debe ser una etiqueta del bloque network.',
  'In {code} stand image, ports and other options of the docker driver.':
    'En {code} van image, ports y otras opciones del driver docker.',
  'it has no argument called {name}': 'no tiene ningún argumento llamado {name}',
  'Move count out of {code}, to the group.': 'Saca count de {code} y ponlo en el grupo.',
  'Write {code}, the label of {port} in network.':
    'Escribe {code}, la etiqueta de {port} en network.',
  'config publishes the port "{port}"': 'config publica el puerto «{port}»',
  'Write {code} in the task.': 'Escribe {code} en la tarea.',
  'Set {code} in the task.': 'Pon {code} en la tarea.',
  'Leave type out: Nomad then runs a service.': 'Quita type: entonces Nomad ejecuta un servicio.',
  "Use the sheet's image, without a registry before it.":
    'Usa la imagen del enunciado, sin ningún registro delante.',
  'Set count as the sheet has it.': 'Pon el count del enunciado.',
  'Give the job another name, as {code} on the sheet.':
    'Pon otro nombre al job, como {code} en el enunciado.',
  'Remove it: the sheet does not need it.': 'Quítalo: el enunciado no lo necesita.',

  // ── What was seen
  '{name} is {status}': '{name}: {status}',
  '{name} ({id}, version {version}) on {vm} is {status}':
    '{name} ({id}, versión {version}) en {vm}: {status}',
  'evaluation {id} is blocked': 'la evaluación {id} está bloqueada',
  '{id} at {where} is critical': '{id} en {where} es crítico',
  '{id} at {where} is listed': '{id} en {where} está en la lista',
  '{id} at {where} is gone': '{id} en {where} ya no está',
  '{where} answers {what}': '{where} responde {what}',

  // ── The command line
  '{description} (default: {value})': '{description} (por defecto: {value})',
  '{flag} is a number from {min} to {max}, not "{text}".':
    '{flag} es un número de {min} a {max}, no «{text}».',
  '{flag} is a whole number from {min} to {max}, not "{text}".':
    '{flag} es un número entero de {min} a {max}, no «{text}».',
  '{flag} is {most} or {last}, not "{text}".': '{flag} es {most} o {last}, no «{text}».',
  '{flag} is the file to write, and "{path}" is a folder.':
    '{flag} es el fichero que hay que escribir, y «{path}» es una carpeta.',
  '{flag} is the file to write, and "{path}" is no name.':
    '{flag} es el fichero que hay que escribir, y «{path}» no es ningún nombre.',
  'Nothing can be written to {path} ({code}): see whose folder it is (an earlier run with {sudo}?), or give another {flag}.':
    'No se puede escribir nada en {path} ({code}): mira de quién es la carpeta (¿una vez anterior con {sudo}?), o pon otro {flag}.',
  '{flag} is made for one run and gone after it; give a cluster file here. {code} makes a lab that stays.':
    '{flag} se hace para una sola corrección y después desaparece; aquí pon un fichero de clúster. {code} hace un laboratorio que se queda.',
  '{flag} is a folder, and here it is empty.': '{flag} es una carpeta, y aquí está vacío.',
  'There is no folder {path}.': 'No hay ninguna carpeta {path}.',
  'There is no folder {path}: make it, or name the folder with {flag}.':
    'No hay ninguna carpeta {path}: créala, o di cuál es con {flag}.',
  '{flag} is lab, local or a cluster file, and here is empty.':
    '{flag} es lab, local o un fichero de clúster, y aquí está vacío.',
  'There is no cluster file {path}.': 'No hay ningún fichero de clúster {path}.',
  '{path} is in the folder that is graded, and nothing there configures the grader: say {lab}, or {file}.':
    '{path} está en la carpeta que se corrige, y nada de allí configura el corrector: pon {lab}, o {file}.',
  'Which cluster? {variable} is set, but no cluster file is here: say {lab}, or {file}.':
    '¿Qué clúster? {variable} está definida, pero aquí no hay ningún fichero de clúster: pon {lab}, o {file}.',
  '{flag} knows {all} and {groups}; not "{text}".': '{flag} conoce {all} y {groups}; no «{text}».',
  '{path} is there already: give another {flag}, or {force} to write over it.':
    '{path} ya existe: pon otro {flag}, o {force} para escribir encima.',
  '{named} is no address of a server.': '{named} no es la dirección de ningún servidor.',
  'Asking {server} …': 'Preguntando a {server} …',
  '{path} is written: the server {server}, clients {names}.':
    '{path} ya está escrito: el servidor {server}, los clientes {names}.',
  '{path} is written: the server {server}, clients none.':
    '{path} ya está escrito: el servidor {server}, y ningún cliente.',
  'Next: {code}': 'Ahora: {code}',
  'grade: nothing was written: {why}': 'grade: no se ha escrito nada: {why}',
  "Address of the server's VM": 'Dirección de la máquina virtual del servidor',
  'write a cluster file by asking the cluster itself':
    'escribe un fichero de clúster preguntando al propio clúster',
  'of the server (else {usual})': 'del servidor (si no, {usual})',
  'where it is written': 'dónde se escribe',
  'write over a file that is there': 'escribe encima de un fichero que ya está',
  "print the cluster file's JSON Schema, and nothing else":
    'muestra el esquema JSON del fichero de clúster, y nada más',
  'Exit: 0 fit, 2 not fit, 64 usage. It changes nothing, but for {flag}.':
    'Código de salida: 0 apto, 2 no apto, 64 orden mal escrita. No cambia nada, salvo {flag}.',
  'say what of the cluster is fit, what is not, and what to do about it':
    'dice qué del clúster es apto, qué no lo es, y qué hay que hacer',
  'the cluster file': 'el fichero del clúster',
  'where the journals are': 'dónde están los diarios',
  'bring the images to VMs that lack them first':
    'primero lleva las imágenes a las máquinas virtuales que no las tienen',
  'with --load: the VMs pull from this registry':
    'con --load: las máquinas virtuales las descargan de este registro',
  'print what was found as JSON': 'muestra lo que se ha encontrado en JSON',
  '{flag} is for {other}.': '{flag} es para {other}.',
  'run a simulated cluster in this process, until Ctrl-C':
    'ejecuta un clúster simulado en este proceso, hasta Ctrl-C',
  'where its cluster file is written': 'dónde se escribe su fichero de clúster',
  'the same seed gives the same lab': 'la misma semilla da el mismo laboratorio',
  'cluster seconds per second, {fastest} at most':
    'segundos de clúster por segundo, {fastest} como mucho',
  'how many client VMs': 'cuántas máquinas virtuales cliente',
  'how a grader is to stop its VMs': 'cómo tiene que parar sus máquinas virtuales quien corrija',
  'which Nomad it imitates: {usual} (default) or {other}':
    'qué Nomad imita: {usual} (por defecto) o {other}',
  '{simulated} cluster ({imitated}), seed {seed}, {speed} cluster second(s) a second. Ctrl-C ends it.':
    'Clúster {simulated} ({imitated}), semilla {seed}, {speed} segundo(s) de clúster por segundo. Ctrl-C lo termina.',
  'Cluster file: {path}': 'Fichero de clúster: {path}',
  'In another terminal:': 'En otro terminal:',
  'Stop and start a VM:': 'Parar y arrancar una máquina virtual:',
  'The addresses of the exercise, for curl, nomad, consul and a browser:':
    'Las direcciones del ejercicio, para curl, nomad, consul y un navegador:',
  'Nothing is to be restored: no VM was left off, no job was left running.':
    'No hay nada que restaurar: no ha quedado ninguna máquina virtual parada ni ningún job funcionando.',
  'A run that ended early was on a lab that has ended too: its journal in {dir} is closed as void.':
    'Una corrección que terminó antes de tiempo era en un laboratorio que también ha terminado: su diario en {dir} se cierra sin efecto.',
  'only this cluster; otherwise each that a journal names':
    'solo este clúster; si no, todos los que aparecen en un diario',
  'wait until this process is gone, then restore (grade starts it itself)':
    'espera a que este proceso haya terminado, y entonces restaura (lo arranca el propio grade)',
  'start the VMs that a killed run left off, and undo the rest of it':
    'arranca las máquinas virtuales que una corrección interrumpida ha dejado paradas, y deshace el resto',
  '{file} names another server now than {cluster}, where VMs were left off.':
    '{file} ahora dice otro servidor que {cluster}, donde quedaron máquinas virtuales paradas.',
  'Write that server into a cluster file and run: {code}':
    'Escribe ese servidor en un fichero de clúster y ejecuta: {code}',
  'Nothing is left open.': 'No queda nada pendiente.',
  'Example:': 'Ejemplo:',
  'Examples:': 'Ejemplos:',
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opciones:',
  'Commands:': 'Órdenes:',
  'show this help': 'muestra esta ayuda',
  '({code} says more)': '({code} dice más)',
  'error: unknown option "{what}"': 'error: la opción «{what}» no existe',
  'error: unknown command "{what}"': 'error: la orden «{what}» no existe',
  'error: option "{what}" wants a value': 'error: la opción «{what}» necesita un valor',
  'error: too many arguments': 'error: hay demasiados argumentos',
  'Grades the exercise on Nomad and Consul: deploys, stops VMs, looks, and reports.':
    'Corrige el ejercicio de Nomad y Consul: despliega, para máquinas virtuales, mira e informa.',
  '{code} lists the options of grading.': '{code} lista las opciones de corregir.',
  'show the version': 'muestra la versión',
  'show the help of a command': 'muestra la ayuda de una orden',
  "the sheet's own files, on the embedded lab":
    'los ficheros del enunciado, en el laboratorio incluido',
  'submissions/anna on clusters/anna.yaml or cluster.yaml':
    'submissions/anna con clusters/anna.yaml o cluster.yaml',
  'this folder, on the embedded lab': 'esta carpeta, en el laboratorio incluido',
  'only these items; the score is over them': 'solo estos apartados; la nota es sobre estos',
  'another lab': 'otro laboratorio',
  'real nomad, consul, dockerd and sshd from PATH, as root':
    'nomad, consul, dockerd y sshd de verdad, del PATH, como root',
  "Exit: 0 all passed, 1 a mark was lost, 2 something inconclusive, 64 usage, 70 the grader's own fault, 130 interrupted (after everything was restored).":
    'Código de salida: 0 todo superado, 1 se ha perdido algún punto, 2 hay algo no concluyente, 64 orden mal escrita, 70 fallo del propio corrector, 130 interrumpido (después de restaurarlo todo).',
  'language of what is said (default: that of the environment)':
    'idioma de lo que se dice (por defecto, el del entorno)',
  "of the local cluster: {code} archives, commas between (or {variable}; default: this machine's Docker)":
    'del clúster local: archivos de {code}, separados por comas (o {variable}; por defecto, el Docker de esta máquina)',
  'grade one student': 'corrige a un alumno',
  'name; finds {submission} and {cluster}': 'nombre; encuentra {submission} y {cluster}',
  "the student's folder": 'la carpeta del alumno',
  'the embedded lab; a real one made here (Linux, root); a cluster file':
    'el laboratorio incluido; uno de verdad hecho aquí (Linux, root); un fichero de clúster',
  'where reports go': 'dónde van los informes',
  'only these: 01.2,02': 'solo estos: 01.2,02',
  'of the lab: the same seed gives the same run':
    'del laboratorio: la misma semilla da la misma corrección',
  'of the lab: cluster seconds per second at most':
    'del laboratorio: segundos de clúster por segundo, como mucho',
  'of the lab or the local cluster: how many client VMs (default: 3)':
    'del laboratorio o del clúster local: cuántas máquinas virtuales cliente (por defecto, 3)',
  'of the local cluster: lowered is quicker (default)':
    'del clúster local: lowered es más rápido (por defecto)',
  'how VMs are stopped': 'cómo se paran las máquinas virtuales',
  'no single wait is longer': 'ninguna espera dura más',
  'no run is longer': 'ninguna corrección dura más',
  'leave the last job running': 'deja el último job funcionando',
  'purge jobs called nginx or apache that are not ours':
    'elimina los jobs nginx o apache que no son nuestros',
  'stop VMs though jobs of others run on them':
    'para máquinas virtuales aunque haya en ellas jobs de otros',
  'print result.json alone on stdout': 'muestra solo result.json por stdout',
  'the run ended without a result.': 'la corrección ha terminado sin ningún resultado.',
  'grade: nothing was graded: {why}': 'grade: no se ha corregido nada: {why}',
  'Interrupted: bringing the VMs back first (again to leave that to the watcher).':
    'Interrumpido: primero se vuelven a arrancar las máquinas virtuales (otra vez, para dejarlo al vigilante).',
  'Starting a local cluster.': 'Se arranca un clúster local.',

  // ── grade check
  'It builds on {item}.': 'Se basa en {item}.',
  'The lab cannot show this: compare it with the sheet, or try it on a cluster.':
    'El laboratorio no lo puede mostrar: compáralo con el enunciado, o pruébalo en un clúster.',
  'The service names the port {port}, and the network block has no such port.':
    'El servicio nombra el puerto {port}, y el bloque network no tiene ningún puerto con ese nombre.',
  'It builds on {item}: mend that one.': 'Se basa en {item}: arregla aquel.',
  'On the lab: {sentence}': 'En el laboratorio: {sentence}',
  'would pass here': 'aquí se superaría',
  'would be lost': 'se perdería',
  'cannot be told': 'no se puede decir',
  'nothing found against it in the files': 'en los ficheros no se ve ningún error',
  'Check of {dir}: what the grader would see. It is no grade.':
    'Comprobación de {dir}: lo que vería el corrector. No es ninguna nota.',
  'The files': 'Los ficheros',
  'No job file for nginx or apache was found here.':
    'Aquí no se ha encontrado ningún fichero de job de nginx ni de apache.',
  'It looks at: {what}': 'Qué se mira: {what}',
  'On the sheet: {where}': 'En el enunciado: {where}',
  'Note: {note}': 'Nota: {note}',
  'What stands now on the cluster at {server}: one look, and nothing was changed.':
    'Qué hay ahora en el clúster de {server}: se ha mirado una sola vez y no se ha cambiado nada.',
  'it stands': 'está',
  'not now': 'ahora no',
  'The lab told nothing: {why}': 'El laboratorio no ha dicho nada: {why}',
  'Would be lost: {items}.': 'Se perderían: {items}.',
  'Cannot be told: {items}.': 'No se puede decir: {items}.',
  'Would pass here, on the lab: {items}.': 'Aquí, en el laboratorio, se superarían: {items}.',
  'Nothing was found in the files against {items}; only a run shows more.':
    'En los ficheros no se ha visto ningún error de {items}; para saber más hay que ejecutarlos.',
  'Nomad runs no job called {id}.': 'Nomad no ejecuta ningún job llamado {id}.',
  'It is seen with two VMs off, and {off, plural, one {# is} other {# are}} off now.':
    'Se ve con dos máquinas virtuales paradas, y ahora hay {off, plural, one {# parada} other {# paradas}}.',
  'It is seen after the VM of the replica was stopped, while that VM is off.':
    'Se ve después de parar la máquina virtual de la réplica, mientras esa máquina está parada.',
  '“{heading}”, part {part}, number {number}': '«{heading}», parte {part}, número {number}',
  '“{title}”': '«{title}»',
  'Exit: 0 nothing would be lost, 1 something would, 2 it cannot be known, 64 usage. Nothing is registered or stopped on a cluster.':
    'Salida: 0 no se perdería nada, 1 se perdería algo, 2 no se puede saber, 64 mal uso. En un clúster no se registra ni se para nada.',
  'check your own files before you hand them in': 'comprueba tus ficheros antes de entregarlos',
  'a cluster file: look also at what runs there now, and change nothing':
    'un fichero de clúster: mira también qué se ejecuta ahora, sin cambiar nada',
  'read the files only: do not run them on the embedded lab':
    'solo lee los ficheros: no los ejecutes en el laboratorio incorporado',
  'Perhaps nothing answers at its port: {because}.':
    'Puede que nadie responda en su puerto: {because}.',
  'The job asks for port {port}, and this item wants {want}.':
    'El job pide el puerto {port}, y este apartado quiere el {want}.',
  'The job leaves the port to Nomad, and this item wants {want}.':
    'El job deja que Nomad elija el puerto, y este apartado quiere el {want}.',
  'What {name} comes to, only Nomad itself can tell.':
    'Qué valor tiene {name}, solo lo puede decir el propio Nomad.',
  'Write the value as on the sheet, or see what a cluster makes of it.':
    'Escribe el valor como en el enunciado, o mira qué hace con él un clúster.',

  // ── The report
  passed: 'superado',
  failed: 'no superado',
  blocked: 'bloqueado',
  inconclusive: 'no concluyente',
  partial: 'parcial',
  'not handed in': 'no presentado',
  'Nomad and Consul exercise': 'Ejercicio de Nomad y Consul',
  'by the lab: no real cluster was looked at.':
    '(simulado) por el laboratorio: no se ha mirado ningún clúster real.',
  '{marks} of {max}': '{marks} de {max}',
  'not known': 'no se sabe',
  'not looked at': 'no se ha mirado',
  met: 'se cumple',
  'not met': 'no se cumple',
  wire: 'web',
  exact: 'exacto',
  nearest: 'el más parecido',
  'stages.yaml': 'stages.yaml',
  derived: 'derivado',
  git: 'git',
  '{file} was not used: {why}': '{file} no se ha usado: {why}',
  'Inconclusive: {items}. No mark was given or taken there. Run again with {flag} to grade only that.':
    'No concluyente: {items}. Ahí no se ha dado ni quitado ningún punto. Vuelve a ejecutarlo con {flag} para corregir solo eso.',
  'Only these items were asked for: {items}. The others are not in this mark.':
    'Solo se han pedido estos apartados: {items}. Los demás no están en esta nota.',
  'The run ended before these items had a verdict: {items}.':
    'La ejecución ha terminado antes de que estos apartados tuvieran resultado: {items}.',
  'the embedded lab': 'el laboratorio incluido',
  'the lab at {server}': 'el laboratorio de {server}',
  'the local cluster': 'el clúster local',
  'the cluster at {server}': 'el clúster de {server}',
  'by cutting the power': 'cortando la corriente',
  'in order': 'de manera ordenada',
  Cluster: 'Clúster',
  Clients: 'Clientes',
  Datacenter: 'Centro de datos',
  Versions: 'Versiones',
  'VMs were stopped': 'Las máquinas virtuales se han parado',
  Seed: 'Semilla',
  Submission: 'Entrega',
  Began: 'Inicio',
  Ended: 'Fin',
  Grader: 'Corrector',
  Rubric: 'Rúbrica',
  Evidence: 'Pruebas',
  'a student without a name': 'un alumno sin nombre',
  '{left} later changes are only in {file}.':
    'Hay {left, plural, one {# cambio posterior} other {# cambios posteriores}} que solo {left, plural, one {está} other {están}} en {file}.',
  'cut stops': 'paradas sin corriente',
  'orderly stops': 'paradas ordenadas',
  '{exercise}: {who}, on {where} ({stop})': '{exercise}: {who}, en {where} ({stop})',
  '{exercise}: {who}, on {where} ({stop}, seed {seed})':
    '{exercise}: {who}, en {where} ({stop}, semilla {seed})',
  '{attempts} tries': '{attempts} intentos',
  'Score: {mark}': 'Nota: {mark}',
  'Report: {path}': 'Informe: {path}',
  'at {where}': 'en {where}',
  'At {where}': 'En {where}',
  'What to do:': 'Qué tienes que hacer:',
  'What to do: {hint}': 'Qué tienes que hacer: {hint}',
  'Seen (seconds since the run began):': 'Visto (segundos desde el comienzo):',
  '{earlier} earlier changes are in the report':
    '{earlier, plural, one {# cambio anterior está} other {# cambios anteriores están}} en el informe',
  '{exercise}, graded {date}': '{exercise}, corregido el {date}',
  Item: 'Apartado',
  Verdict: 'Resultado',
  Marks: 'Puntos',
  Time: 'Tiempo',
  'Notes on the run': 'Notas sobre la ejecución',
  'The run': 'La ejecución',
  Notes: 'Notas',
  'Seconds since the run began': 'Segundos desde el comienzo',
  Witness: 'Testigo',
  'What was seen': 'Qué se ha visto',
  'Files that were graded': 'Ficheros que se han corregido',
  For: 'Para',
  File: 'Fichero',
  'How it was found': 'Cómo se ha encontrado',
  '{passed}, late: expected after {expected}':
    '{passed}, con retraso: se esperaba al cabo de {expected}',
  '{passed} of about {expected}': '{passed} de unos {expected}',

  // ── grade report: scales, the teacher’s word, gradebooks
  'The grade of {student} is over these items only: {items}.':
    'La nota de {student} es solo de estos apartados: {items}.',
  'by the teacher': 'por el profesorado',
  'The teacher decided on {items}: see there.':
    'El profesorado ha decidido sobre {items}: míralo en cada apartado.',
  'Grade: {grade} on the scale {scale}; {unrounded} before rounding ({rounding}).':
    'Nota: {grade} en la escala {scale}; {unrounded} antes de redondear ({rounding}).',
  student: 'estudiante',
  state: 'estado',
  marks: 'puntos',
  lowest: 'mínimo',
  highest: 'máximo',
  of: 'sobre',
  grade: 'nota',
  unrounded: 'sin redondear',
  label: 'calificación',
  scale: 'escala',
  verdict: 'resultado',
  'graded at': 'corregido el',
  graded: 'corregido',
  simulated: 'simulado',
  waived: 'dispensado',
  yes: 'sí',
  feedback: 'comentarios',
  'Graded on a simulated cluster.': 'Corregido en un clúster simulado.',
  '{points, number} of {max, number} marks': '{points, number} puntos de {max, number}',
  'The waiver of {item} ended on {until} and was not applied: {reason}':
    'La dispensa de {item} terminó el {until} y no se ha aplicado: {reason}',
  'By the teacher, {date}: {marks, number} of {max, number} marks, whatever was seen. {reason}':
    'Decisión del profesorado, {date}: {marks, number} puntos de {max, number}, se haya visto lo que se haya visto. {reason}',
  'Waived by the teacher until {until}: it does not count. {reason}':
    'Dispensado por el profesorado hasta el {until}: no cuenta. {reason}',
  '{path} cannot be read ({code}).': 'No se puede leer {path} ({code}).',
  'Correct that line; {page} says what the file may hold.':
    'Corrige esa línea; {page} dice qué puede contener el fichero.',
  '{path} is no folder of a run.': '{path} no es la carpeta de ninguna ejecución.',
  'Name one that holds {file}, for example {example}.':
    'Indica una que contenga {file}, por ejemplo {example}.',
  '{evidence} is not the one that {result} was made from: its SHA-256 is another.':
    '{evidence} no es el fichero del que se hizo {result}: su SHA-256 es otro.',
  'Take both as the run wrote them.': 'Usa los dos tal como los escribió la ejecución.',
  '{path} is no result of this grader.': '{path} no es ningún resultado de este corrector.',
  'This is no grading worksheet of Moodle: it has no column {column}.':
    'Esto no es ninguna hoja de calificaciones de Moodle: no tiene la columna {column}.',
  '{student} has more than one row: none was changed.':
    '{student} tiene más de una fila: no se ha cambiado ninguna.',
  '{student} has no row in the worksheet.': '{student} no tiene ninguna fila en la hoja.',
  '{student} is the same row as another student.':
    '{student} es la misma fila que otro estudiante.',
  'The worksheet says that the grade of {student} cannot be changed.':
    'La hoja dice que la nota de {student} no se puede cambiar.',
  'The row of {name} has no result.': 'La fila de {name} no tiene ningún resultado.',
  'The worksheet grades {student} up to {max}, and the scale goes up to {scale}.':
    'La hoja califica a {student} hasta {max}, y la escala llega a {scale}.',
  'take results of the lab for grades': 'acepta como notas los resultados del laboratorio',
  'the grading worksheet that you downloaded from Moodle':
    'la hoja de calificaciones que has descargado de Moodle',
  'print what runs found, for a reader or a program':
    'muestra qué han encontrado las ejecuciones, para quien lo lee o para un programa',
  "folders of runs; several of one student's are merged":
    'carpetas de ejecuciones; si hay varias del mismo estudiante, se juntan',
  'one of {words}': 'uno de {words}',
  'write it there (a folder for allure and classroom50)':
    'escríbelo ahí (una carpeta para allure y classroom50)',
  'the scale of the grade; otherwise that of grading.yaml':
    'la escala de la nota; si no, la de grading.yaml',
  "the teacher's word; otherwise overrides.yaml":
    'las decisiones del profesorado; si no, overrides.yaml',
  'print what would change in the worksheet, and change nothing':
    'muestra qué cambiaría en la hoja, sin cambiar nada',
  "what Moodle's import finds users by":
    'por qué encuentra a los usuarios la importación de Moodle',
  '{dialect} is of one student, and these runs are of {students}.':
    '{dialect} es de un solo estudiante, y estas ejecuciones son de {students}.',
  'The result of {student} is SIMULATED and {dialect} is for grades: grade on a real cluster, or say {flag}.':
    'El resultado de {student} es SIMULADO y {dialect} es para notas: corrige en un clúster real, o añade {flag}.',
  '{path} is in the folder that was graded, and nothing there says a mark.':
    '{path} está en la carpeta que se ha corregido, y nada de ahí decide ninguna nota.',
  '{item} of {dir} is judged otherwise by this version: print it in its own language ({language}).':
    'Esta versión juzga {item} de {dir} de otra manera: muéstralo en su idioma ({language}).',
  '{dir} has no {file}: its result can be printed as it is, but not merged or translated.':
    '{dir} no tiene {file}: el resultado se puede mostrar tal como es, pero no juntar ni traducir.',
  '{dialect} runs in its own job: {names} must be set in the environment.':
    '{dialect} se ejecuta en su job: el entorno debe tener {names}.',
  'There is no grade yet, because something is inconclusive: the earlier stays.':
    'Aún no hay nota, porque algo no es concluyente: se mantiene la anterior.',
  'The marks of {first} and {other} are not of the same items: merge the runs of each, or give {flag}.':
    'Los puntos de {first} y de {other} no son de los mismos apartados: junta las ejecuciones de cada uno, o añade {flag}.',
  '{dialect} needs {flag}: the file that you downloaded from the assignment.':
    '{dialect} necesita {flag}: el fichero que has descargado de la tarea.',
  'Lost by the submission': 'Perdido por la entrega',
  'Nobody’s fault but the cluster’s or the grader’s':
    'Culpa del clúster o del corrector, no del estudiante',
  'Blocked, or not handed in': 'Bloqueado o no presentado',

  // ── The report page
  'no picture: no Chromium or Chrome was found':
    'sin imagen: no se ha encontrado ningún Chromium ni Chrome',
  'no picture: it would be too large': 'sin imagen: sería demasiado grande',
  'no picture: the browser could not make one': 'sin imagen: el navegador no ha podido hacerla',
  'a picture of the page of 02.2 (default: not on the lab, not as root)':
    'una imagen de la página de 02.2 (por defecto: no en el laboratorio ni como root)',
  'no such picture': 'sin esa imagen',
  Class: 'Clase',
  Student: 'Alumno',
  Mark: 'Nota',
  '{n, plural, one {# student} other {# students}}':
    '{n, plural, one {# alumno} other {# alumnos}}',
  'not graded': 'no corregido',
  'Each sign is a verdict; its word is in the legend below.':
    'Cada signo es un resultado; la leyenda de abajo dice cuál.',
  Items: 'Apartados',
  Criteria: 'Criterios',
  'What happened in {id}': 'Qué pasó en {id}',
  '{n, plural, one {# virtual machine on which nothing happened is not drawn.} other {# virtual machines on which nothing happened are not drawn.}}':
    '{n, plural, one {# máquina virtual en la que no pasó nada no se dibuja.} other {# máquinas virtuales en las que no pasó nada no se dibujan.}}',
  'the grader': 'el corrector',
  '{stage} is registered': 'se registra {stage}',
  'Nomad cannot place a replica': 'Nomad no puede colocar una réplica',
  stopped: 'parada',
  foretold: 'previsto',
  'Nomad misses it': 'Nomad la echa en falta',
  'gone for Nomad and Consul': 'fuera para Nomad y Consul',
  'started again': 'encendida de nuevo',
  'a fault': 'un fallo',
  'waited {spent, number} s': 'se han esperado {spent, number} s',
  '{spent, number} s of {budget, number} s: nothing changed any more':
    '{spent, number} s de {budget, number} s: ya no cambiaba nada',
  '{spent, number} s: all of {budget, number} s were up':
    '{spent, number} s: se han agotado los {budget, number} s',
  '{spent, number} s of {budget, number} s: waiting could not help':
    '{spent, number} s de {budget, number} s: esperar no servía de nada',
  'waited {spent, number} s of {budget, number} s':
    'se han esperado {spent, number} s de {budget, number} s',
  'replica {id}': 'réplica {id}',
  '{what} at {at, number} s': '{what} en el segundo {at, number}',
  'replica {id} {state} from {from, number} to {to, number} s':
    'réplica {id} {state} del segundo {from, number} al {to, number}',
  'nothing happened here': 'aquí no pasó nada',
  'a replica runs (its allocation and version)':
    'hay una réplica en marcha (su asignación y versión)',
  'Nomad has placed it, and it does not run yet': 'Nomad la ha colocado y aún no está en marcha',
  'it answers over HTTP': 'responde por HTTP',
  'it does not answer': 'no responde',
  'below a replica: Consul lists it': 'bajo una réplica: Consul la tiene en su lista',
  'Consul lists it as critical': 'Consul la tiene como crítica',
  'Consul still lists it though it has ended': 'Consul aún la tiene aunque ha terminado',
  'Nomad or Consul says that the virtual machine is not there':
    'Nomad o Consul dice que la máquina virtual no está',
  'DNS gives the address of the virtual machine': 'el DNS da la dirección de la máquina virtual',
  'the grader waits; at the end all has to stay as it is':
    'el corrector espera; al final todo tiene que quedar igual',
  'How to read the pictures': 'Cómo se leen los dibujos',
  'The page at {where}: {title}': 'La página en {where}: {title}',

  // ── While a run goes on
  '{name} takes no replica in this run: {why}.':
    '{name} no recibe ninguna réplica en esta ejecución: {why}.',
  '{name} takes no replica until it is fit again: {why}.':
    '{name} no recibe ninguna réplica hasta que vuelva a ser apta: {why}.',
  '{name} could not be made eligible again: {why}':
    'No se ha podido hacer que {name} vuelva a recibir trabajo: {why}',
  '{names} is not fit any more.': '{names} ya no es apta.',
  '{names} is fit now.': '{names} ahora es apta.',
  'VMs could not all be started again: {why}':
    'No se han podido volver a arrancar todas las máquinas virtuales: {why}',
  "The evidence judged again gave another result: the grader's own fault. Please report it.":
    'Las pruebas, juzgadas otra vez, han dado otro resultado: es culpa del corrector. Informa de ello, por favor.',
  'VMs were not switched off: they were taken off the network, which to Nomad and Consul is a power cut (isolate).':
    'Las máquinas virtuales no se han apagado: se han desconectado de la red, que para Nomad y Consul es un corte de corriente (isolate).',
  'VMs were started again by the power driver {driver}.':
    'Las máquinas virtuales se han vuelto a arrancar con el driver {driver}.',
  '{file}: {sentence}': '{file}: {sentence}',
  'commit {commit} of {path}': 'commit {commit} de {path}',
  'from the file of {stage}': 'del fichero de {stage}',
  'The first try was inconclusive; this is the second.':
    'El primer intento no fue concluyente; este es el segundo.',
  '{up, plural, one {# client is} other {# clients are}} enough here.':
    '{up, plural, one {Aquí basta con # cliente} other {Aquí basta con # clientes}}.',
  '{vm}: Nomad missed its heartbeat after {missed, number, ::.0} s; its timers had foretold {foretold, number, ::.0} s.':
    '{vm}: Nomad ha echado de menos su latido al cabo de {missed, number, ::.0} s; sus temporizadores habían predicho {foretold, number, ::.0} s.',
  'Nomad and Consul see that {vms} is gone': 'Nomad y Consul notan la parada de {vms}',
  'The job {id} of {before} was purged first.': 'Antes se ha eliminado el job {id} de {before}.',
  'The image is {image}; the sheet uses {usual}.':
    'La imagen es {image}; el enunciado usa {usual}.',
  "a job called {id} is somebody else's": 'hay un job {id} que es de otra persona',
  'What {stage} had deployed does not stand any more: {why}':
    'Lo que {stage} había desplegado ya no está: {why}',
  'what {stage} deployed stands': 'lo que {stage} ha desplegado está',
  'Nomad could not parse {file}: {said}': 'Nomad no ha podido leer {file}: {said}',
  'the page is served at every address': 'se sirve la página en todas las direcciones',
  'the scheduler shows that it is alive': 'el planificador demuestra que está vivo',
  'every agent says what it has registered': 'cada agente dice qué tiene registrado',
  'the catalog says where it is': 'el catálogo dice dónde está',
  '{service} settles on {replicas} replica(s)':
    '{service} se estabiliza con {replicas, plural, one {# réplica} other {# réplicas}}',
  '{replicas} replicas on {count} VM(s) ({vms}): DNS gives {count} address(es).':
    '{replicas} réplicas en {count, plural, one {# máquina virtual} other {# máquinas virtuales}} ({vms}): el DNS da {count, plural, one {# dirección} other {# direcciones}}.',
  "Somebody else changed the job {job} while it was graded: Nomad has version {version} of it, which is not the student's.":
    'Otra persona ha cambiado el job {job} mientras se corregía: Nomad tiene la versión {version}, que no es la del alumno.',
  'See that nobody else works on this cluster, and run this item again.':
    'Comprueba que nadie más trabaje en este clúster, y vuelve a ejecutar este apartado.',
  '{vm} was stopped already.': '{vm} ya estaba parada.',
  'Run it again.': 'Vuelve a ejecutarlo.',
  '{vm}: stopping by a cut': '{vm}: se está parando de golpe',
  '{vm}: stopping in order': '{vm}: se está parando ordenadamente',
  '{vm}: starting': '{vm}: se está arrancando',
  '{vm}: back': '{vm}: ya ha vuelto',
  '{vm} did not come back.': '{vm} no ha vuelto.',
  '{names} came back, but not all fit.': '{names}: han vuelto, pero no todas son aptas.',
  'Nomad knows no client {name}.': 'Nomad no conoce ningún cliente {name}.',
  'The run had taken all the time that {flag} allows.':
    'La ejecución ha agotado todo el tiempo que permite {flag}.',
  'Run this item again, alone ({items}) or with a later {flag}.':
    'Vuelve a ejecutar este apartado, solo ({items}) o con un {flag} más largo.',
  'See that the VM runs, with Nomad, Docker and Consul on it, and grade this item again.':
    'Comprueba que la máquina virtual funcione, con Nomad, Docker y Consul, y vuelve a corregir este apartado.',

  // ── Faults of the cluster and of the ways to it
  '{at}: {seen}.': '{at}: {seen}.',
  '{vm} ({address} through {between})': '{vm} ({address} a través de {between})',
  '{vm} ({address})': '{vm} ({address})',
  'nothing listens there': 'no escucha nadie',
  'See whether the VM is up and sshd runs.':
    'Mira si la máquina virtual está arrancada y si sshd funciona en ella.',
  'there is no way to that machine': 'no hay ningún camino hacia esa máquina',
  'See whether the VM is switched on and the network between is up.':
    'Mira si la máquina virtual está arrancada y si la red de en medio funciona.',
  'no answer came in time': 'no ha respondido a tiempo',
  'See whether the VM is switched on, sshd runs, and no firewall drops the packets.':
    'Mira si la máquina virtual está arrancada, si sshd funciona en ella, y que ningún cortafuegos descarte los paquetes.',
  'the connection was closed before the login': 'la conexión se ha cerrado antes de entrar',
  'See whether sshd runs; while a VM starts it may close what it just accepted.':
    'Mira si sshd funciona; mientras una máquina virtual arranca puede cerrar lo que acaba de aceptar.',
  'nothing forwards that port': 'nadie reenvía ese puerto',
  'See whether the VM is switched on and its port forwarding names that port.':
    'Mira si la máquina virtual está arrancada y si su reenvío de puertos incluye ese puerto.',
  'the forwarded port was closed again before the login':
    'el puerto reenviado se ha vuelto a cerrar antes de entrar',
  'See whether the VM has started and sshd runs in it.':
    'Mira si la máquina virtual ya ha arrancado y si sshd funciona en ella.',
  'the key file {path} cannot be read ({code})':
    'el fichero de la clave {path} no se puede leer ({code})',
  'Name the private key under "{key}" in the cluster file.':
    'Di cuál es la clave privada en «{key}» del fichero del clúster.',
  'the key file {path} is in a format that is not understood ({said})':
    'el fichero de la clave {path} tiene un formato que no se entiende ({said})',
  "Convert it to OpenSSH's format: {code}": 'Conviértela al formato de OpenSSH: {code}',
  'the key file {path} is in the format {format}, which is not understood':
    'el fichero de la clave {path} tiene el formato {format}, que no se entiende',
  "the key file {path} is in PuTTY's format (PPK), which is not understood":
    'el fichero de la clave {path} tiene el formato de PuTTY (PPK), que no se entiende',
  'Convert it: {code}': 'Conviértela: {code}',
  'the key file {path} is locked by a passphrase, and none was given':
    'el fichero de la clave {path} está protegido con una frase de paso, y no se ha dado ninguna',
  'the passphrase that was given does not open the key file {path}':
    'la frase de paso que se ha dado no abre el fichero de la clave {path}',
  'Give it in the environment variable {variable}, load the key into an SSH agent ({code}), or use a key without one.':
    'Dala en la variable de entorno {variable}, carga la clave en un agente SSH ({code}), o usa una clave que no la tenga.',
  'the SSH agent {agent} does not answer': 'el agente SSH {agent} no responde',
  'Start it, or correct "{key}" in the cluster file.':
    'Arráncalo, o corrige «{key}» en el fichero del clúster.',
  'there is no key, no agent with a key and no password to log in with':
    'no hay ninguna clave, ni ningún agente con una clave, ni ninguna contraseña para entrar',
  'its host key is {seen} ({type}), and the cluster file says {wanted}':
    'su clave de anfitrión es {seen} ({type}), y el fichero del clúster dice {wanted}',
  'If the VM was made again, write the new fingerprint into the cluster file ({code}); if it was not, find out who answers there.':
    'Si la máquina virtual se ha vuelto a hacer, escribe la huella nueva en el fichero del clúster ({code}); si no, averigua quién responde.',
  'its host key has changed: it was {old} ({file}), and is now {seen}':
    'su clave de anfitrión ha cambiado: era {old} ({file}), y ahora es {seen}',
  'If the VM was made again, forget the old one: {code}; if it was not, find out who answers there.':
    'Si la máquina virtual se ha vuelto a hacer, olvida la vieja: {code}; si no, averigua quién responde.',
  'its host key {seen} is revoked ({file})': 'su clave de anfitrión {seen} está revocada ({file})',
  'Find out who answers there.': 'Averigua quién responde.',
  'its host key {seen} is not known, and {setting} is yes':
    'su clave de anfitrión {seen} no se conoce, y {setting} es yes',
  'Compare it on the VM ({code}), then log in once: {login}':
    'Compárala en la máquina virtual ({code}), y después entra una vez: {login}',
  '"{command}" did not end within {ms} ms': '«{command}» no ha terminado en {ms} ms',
  'Try by hand: {code}': 'Pruébalo a mano: {code}',
  'what "{command}" was to read broke off: {said}':
    'lo que «{command}» tenía que leer se ha cortado: {said}',
  'sshd answers, but did not finish the login in time':
    'sshd responde, pero no ha terminado la entrada a tiempo',
  "See sshd's log on the VM; a slow name server (UseDNS) or a full disk can be why.":
    'Mira el registro de sshd en la máquina virtual; puede ser por un servidor de nombres lento (UseDNS) o por un disco lleno.',
  'something accepts the connection there, but no SSH handshake was done in time':
    'algo acepta allí la conexión, pero el inicio de SSH no se ha hecho a tiempo',
  'See whether the VM hangs or still starts, and that it is sshd that listens on that port.':
    'Mira si la máquina virtual se ha colgado o aún arranca, y que sea sshd quien escucha en ese puerto.',
  'it lets nobody in at the moment: "{text}"': 'ahora mismo no deja entrar a nadie: «{text}»',
  'Wait until the VM has started; if it has, see {files} on it.':
    'Espera a que la máquina virtual haya arrancado; si ya lo ha hecho, mira en ella {files}.',
  'the user {user} with {shown} was not accepted (sshd takes {accepted})':
    'el usuario {user} con {shown} no ha sido aceptado (sshd admite {accepted})',
  'the user {user} with {shown} was not accepted':
    'el usuario {user} con {shown} no ha sido aceptado',
  '{refused}; {also}': '{refused}; {also}',
  '{first} Or put the public key there ({code}), or name the right user and key under "{key}" in the cluster file.':
    '{first} O pon allí la clave pública ({code}), o di el usuario y la clave correctos en «{key}» del fichero del clúster.',
  'Put the public key there ({code}), or name the right user and key under "{key}" in the cluster file.':
    'Pon allí la clave pública ({code}), o di el usuario y la clave correctos en «{key}» del fichero del clúster.',
  'the keys of the SSH agent': 'las claves del agente SSH',
  'the password': 'la contraseña',
  'the key {path}': 'la clave {path}',
  'what we have': 'lo que tenemos',
  'nowhere, for the file cannot be written': 'ningún sitio, porque el fichero no se puede escribir',
  '{vm} ({name}) is met for the first time: its {type} host key {seen} is trusted from now on (written into {where}).':
    'Es la primera vez que se encuentra {vm} ({name}): de ahora en adelante se confía en su clave de anfitrión {type} {seen} (escrita en {where}).',
  'sshd there forbids forwarding to {where}': 'sshd no permite allí reenviar hacia {where}',
  'Write "{setting}" into {file} on {vm} and restart sshd.':
    'Escribe «{setting}» en {file} de {vm} y reinicia sshd.',
  'The SSH configuration {path} cannot be read ({code}).':
    'La configuración SSH {path} no se puede leer ({code}).',
  'Correct "{key}" in the cluster file, or leave it out.':
    'Corrige «{key}» en el fichero del clúster, o quítalo.',
  '{path} reaches {name} by a ProxyCommand, which is not understood here.':
    '{path} llega a {name} con un ProxyCommand, que aquí no se entiende.',
  'Write the way as ProxyJump there, or as "{key}" in the cluster file.':
    'Escribe allí el camino como ProxyJump, o como «{key}» en el fichero del clúster.',
  '{vm} was asked to stop by {how}, since SSH did not do: {why}':
    'Se ha pedido a {vm} que se pare con {how}, porque por SSH no se ha podido: {why}',
  'On {vm}, "{code}" lost its connection.': 'En {vm}, «{code}» ha perdido la conexión.',
  'On {vm}, as root, install sudo, then put this line into {file}: {line}':
    'En {vm}, como root, instala sudo y después pon esta línea en {file}: {line}',
  'On {vm}, as root, put this line into {file}: {line}, and this line: {tty}':
    'En {vm}, como root, pon esta línea en {file}: {line}, y esta otra: {tty}',
  'On {vm}, as root, put this line into {file}: {line}':
    'En {vm}, como root, pon esta línea en {file}: {line}',
  'Something on {vm} holds the shutdown back: "{code}" names it, end that.':
    'Algo de {vm} no deja que se pare: «{code}» dice qué es, termínalo.',
  'Run that command by hand on the VM and see why it fails.':
    'Ejecuta esa orden a mano en la máquina virtual y mira por qué falla.',
  'Nomad says {status}.': 'Nomad dice {status}.',
  'Nomad knows no such node.': 'Nomad no conoce ese nodo.',
  'Consul says {status}.': 'Consul dice {status}.',
  'Consul knows no such node.': 'Consul no conoce ese nodo.',
  'over SSH "{code}" ended with {ended}.': 'por SSH «{code}» ha terminado con {ended}.',
  'it is shutting down.': 'se está parando.',
  'Nomad says that its Docker is not healthy.': 'Nomad dice que su Docker no funciona bien.',
  'it is up, but was told to stop.': 'está arrancada, pero se le había dicho que se parara.',
  '{name} ({host}) is not back after {s} s: {seen}':
    '{name} ({host}) no ha vuelto a los {s} s: {seen}',
  'Start {name} by hand, then run: {code}': 'Arranca {name} a mano, y después ejecuta: {code}',
  'The job {job} is not purged': 'El job {job} no se ha eliminado',
  '{name} is still ineligible': '{name} todavía no puede recibir trabajo',
  '{name} may be given work again.': '{name} ya puede volver a recibir trabajo.',
  '{name} was off and is back.': '{name} estaba parada y ya ha vuelto.',
  '{name} was to be stopped and is up.': '{name} se tenía que parar y está arrancada.',
  'The job {job} of a run that ended early was purged.':
    'Se ha eliminado el job {job} de una corrección que terminó antes de tiempo.',
  'The job {job} may still run': 'Puede que el job {job} todavía se ejecute',
  'The job {job} was purged, yet its container on {vm} runs on.':
    'El job {job} se ha eliminado, pero su contenedor de {vm} sigue funcionando.',
  'End it there ({look}), then run: {code}': 'Termínalo allí ({look}), y después ejecuta: {code}',
  '{what}: {why}': '{what}: {why}',
  'When it answers again, run: {code}': 'Cuando vuelva a responder, ejecuta: {code}',
  'embedded lab': 'laboratorio incluido',
  'local cluster': 'clúster local',
  'An earlier run died with its {what} while {off} was off: nothing of it is left, so its journal is closed as void.':
    'Una corrección anterior murió con su {what} mientras {off} estaba parada: no queda nada de él, y su diario se cierra sin efecto.',
  'An earlier run died with its {what}: nothing of it is left, so its journal is closed as void.':
    'Una corrección anterior murió con su {what}: no queda nada de él, y su diario se cierra sin efecto.',
  'The outage journal {path} cannot be written ({code}): nothing is stopped without it.':
    'El diario de paradas {path} no se puede escribir ({code}): sin él no se para nada.',
  'See that the disk has room and that the folder may be written, and run it again.':
    'Mira que haya sitio en el disco y que se pueda escribir en la carpeta, y vuelve a ejecutarlo.',
  'The outage journal {path} cannot be read ({code}).':
    'El diario de paradas {path} no se puede leer ({code}).',
  'See whose it is (an earlier run with {sudo}?), and that its folder is one.':
    'Mira de quién es (¿una vez anterior con {sudo}?), y que su carpeta lo sea.',
  '{at}: this line of the outage journal cannot be read.':
    '{at}: esta línea del diario de paradas no se puede leer.',
  'Start every VM by hand, see that all are ready in Nomad, then remove that file.':
    'Arranca todas las máquinas virtuales a mano, mira que todas estén ready en Nomad, y después borra ese fichero.',
  'An earlier run ended early and its VMs are being brought back: waiting for that.':
    'Una corrección anterior terminó antes de tiempo y se están volviendo a arrancar sus máquinas virtuales: se espera.',
  'This cluster is being brought back after another run (process {pid}).':
    'Este clúster se está dejando como estaba después de otra corrección (proceso {pid}).',
  'This cluster is being graded by another run (process {pid}).':
    'Otra corrección está usando este clúster (proceso {pid}).',
  'Wait until it has ended; if there is no such process, remove {path}.':
    'Espera a que termine; si ese proceso no existe, borra {path}.',
  '{path} is a folder, not a cluster file.': '{path} es una carpeta, no un fichero de clúster.',
  'The cluster file {path} cannot be read ({code}).':
    'El fichero del clúster {path} no se puede leer ({code}).',
  'Give the path of one with {flag}, or write one with {command}.':
    'Da la ruta de uno con {flag}, o escribe uno con {command}.',
  'it is longer than 1 MiB.': 'es más largo de 1 MiB.',
  'this key is there twice.': 'esta clave está dos veces.',
  'it is not YAML: {said}.': 'no es YAML: {said}.',
  '{at}: {what}': '{at}: {what}',
  'Correct that line; {page} lists what a cluster file may say.':
    'Corrige esa línea; {page} lista qué puede decir un fichero de clúster.',
  'the whole file': 'todo el fichero',
  '{it} is missing: {some}.': 'falta {it}: {some}.',
  '{it} is missing.': 'falta {it}.',
  '{it} must be {wanted}, and is {is} (write it in quotes).':
    '{it} tiene que ser {wanted}, y es {is} (escríbelo entre comillas).',
  '{it} must be {wanted}, and is {is}.': '{it} tiene que ser {wanted}, y es {is}.',
  '{it} must be {some}.': '{it} tiene que ser {some}.',
  '{it}: {said}.': '{it}: {said}.',
  text: 'texto',
  'a number': 'un número',
  'a whole number': 'un número entero',
  'true or false': 'true o false',
  'a list': 'una lista',
  'a map of keys': 'un mapa de claves',
  empty: 'vacío',
  '{most} or {last}': '{most} o {last}',
  'there is no key {key} in {where}': 'no hay ninguna clave {key} en {where}',
  'there is no key {key}': 'no hay ninguna clave {key}',
  '{seen}: is {near} meant?': '{seen}: ¿quieres decir {near}?',
  '{seen}: there are {known}.': '{seen}: hay {known}.',
  '{seen}.': '{seen}.',
  'the connection was refused': 'se ha rechazado la conexión',
  'See whether the program that should listen there runs, and on which address.':
    'Mira si se ejecuta el programa que debería escuchar ahí, y en qué dirección.',
  'See whether the VM is switched on and no firewall drops the packets.':
    'Mira si la máquina virtual está arrancada y que ningún cortafuegos descarte los paquetes.',
  'the connection broke before the whole answer came':
    'la conexión se ha cortado antes de recibir toda la respuesta',
  'See whether the program that listens there is restarting.':
    'Mira si el programa que escucha ahí se está reiniciando.',
  'what answered does not speak HTTP': 'lo que ha respondido no habla HTTP',
  'See which program listens on that port.': 'Mira qué programa escucha en ese puerto.',
  'Name the certificate of the authority that signed it under "{key}" in the cluster file (or in {variables}).':
    'Di cuál es el certificado de la autoridad que lo ha firmado en «{key}» del fichero del clúster (o en {variables}).',
  'its certificate is signed by an authority that is not known here':
    'su certificado lo ha firmado una autoridad que aquí no se conoce',
  'its certificate is signed by itself': 'su certificado está firmado por él mismo',
  'Name that certificate under "tls: ca:" in the cluster file.':
    'Pon ese certificado en «tls: ca:» del fichero del clúster.',
  'its certificate is not of the authority that was named':
    'su certificado no es de la autoridad que se ha dicho',
  'its certificate is no longer valid': 'su certificado ha caducado',
  'See that the clocks of both machines are right, or give it a new certificate.':
    'Mira que los relojes de las dos máquinas vayan bien, o dale un certificado nuevo.',
  'its certificate is not valid yet': 'su certificado todavía no es válido',
  'See that the clocks of both machines are right.':
    'Mira que los relojes de las dos máquinas vayan bien.',
  'its certificate is for another name': 'su certificado es para otro nombre',
  'Write the name that the certificate has under "{key}" in the cluster file, such as {names}.':
    'Escribe el nombre que tiene el certificado en «{key}» del fichero del clúster, por ejemplo {names}.',
  'what answered does not speak TLS': 'lo que ha respondido no habla TLS',
  'Leave out "tls:" and write http:// in the cluster file, or see what listens on that port.':
    'Quita «tls:» y escribe http:// en el fichero del clúster, o mira qué escucha en ese puerto.',
  'the client certificate and its key do not belong together':
    'el certificado de cliente y su clave no van juntos',
  'Correct "tls: cert:" and "key:" in the cluster file.':
    'Corrige «tls: cert:» y «key:» en el fichero del clúster.',
  'it does not accept us without a client certificate of its own authority':
    'no nos acepta sin un certificado de cliente de su autoridad',
  'Name one under "tls: cert:" and "tls: key:" in the cluster file.':
    'Pon uno en «tls: cert:» y «tls: key:» del fichero del clúster.',
  'It may be restarting, or want a client certificate: name one under "tls: cert:" and "tls: key:" in the cluster file.':
    'Puede que se esté reiniciando, o que quiera un certificado de cliente: pon uno en «tls: cert:» y «tls: key:» del fichero del clúster.',
  '{about}: {seen} ({code}).': '{about}: {seen} ({code}).',
  '{about}: {said}.': '{about}: {said}.',
  '{about}: the answer is longer than {limit} bytes and was not read on.':
    '{about}: la respuesta tiene más de {limit} bytes y no se ha seguido leyendo.',
  '{about}: one line of the stream is longer than {limit} bytes.':
    '{about}: una línea del flujo tiene más de {limit} bytes.',
  'Inside {vm}: {said}': 'Dentro de {vm}: {said}',
  'Asking {path} inside {vm} with curl over SSH gave nothing ({code}).':
    'Preguntar {path} dentro de {vm} con curl por SSH no ha dado nada ({code}).',
  'See that the agent runs on {vm}, and that curl is there.':
    'Mira que el agente se ejecute en {vm}, y que tenga curl.',
  '{who} answered something that is not JSON: {said}.':
    '{who} ha respondido algo que no es JSON: {said}.',
  'See whether another program listens on that port.':
    'Mira si otro programa escucha en ese puerto.',
  'client certificate': 'certificado de cliente',
  'key of the client certificate': 'clave del certificado de cliente',
  'folder of certificates': 'carpeta de certificados',
  'certificate of the authority': 'certificado de la autoridad',
  'The {what} {path} cannot be read ({code}).': 'No se puede leer: {what} {path} ({code}).',
  'Correct "{key}" in the cluster file, or the environment variable that names it.':
    'Corrige «{key}» en el fichero del clúster, o la variable de entorno que lo dice.',
  '{at}: this line of the evidence cannot be read.':
    '{at}: esta línea de las pruebas no se puede leer.',
  'Take the file as the run wrote it, or run the items again.':
    'Toma el fichero tal como lo escribió la corrección, o vuelve a corregir los apartados.',
  '{key} in the cluster file is no {form}.': '{key} del fichero del clúster no es ningún {form}.',
  'Write it as {variable} is written.': 'Escríbelo como se escribe {variable}.',
  'The token file {path} ({variable}) cannot be read ({code}).':
    'El fichero del token {path} ({variable}) no se puede leer ({code}).',
  'Correct that variable, or unset it.': 'Corrige esa variable, o quítala.',
  '{who} at {host} wants HTTPS and was asked over HTTP.':
    '{who} en {host} quiere HTTPS y se le ha preguntado por HTTP.',
  'Write under "{key}" in the cluster file: {code}':
    'Escribe en «{key}» del fichero del clúster: {code}',
  '{who} at {host} left out of its answer what we may not see ({path}): {wrong}.':
    '{who} en {host} ha quitado de la respuesta lo que no podemos ver ({path}): {wrong}.',
  '{who} at {host} refused with {status} ({path}): {wrong}.':
    '{who} en {host} lo ha rechazado con {status} ({path}): {wrong}.',
  'we have no token': 'no tenemos ningún token',
  'our token is none of this cluster': 'nuestro token no es de este clúster',
  'our token has not the right, or is not known there':
    'nuestro token no tiene el permiso, o allí no se conoce',
  'Give a token with {right}: "{key}" in the cluster file, or the environment variable {variable}.':
    'Da un token con {right}: «{key}» en el fichero del clúster, o la variable de entorno {variable}.',

  // ── How VMs are switched
  'Resume it in the web page of {title}.': 'Reanúdala en la página web de {title}.',
  'Resume it: {code}.': 'Reanúdala: {code}.',
  'Wake it: {code}.': 'Despiértala: {code}.',
  'It hangs: {code}.': 'Se ha colgado: {code}.',
  'It hangs: {code}, then start it.': 'Se ha colgado: {code}, y después arráncala.',
  'Look at it: {code}.': 'Mírala: {code}.',
  'Thaw it: {code}.': 'Descongélala: {code}.',
  'It was never made: {code}.': 'No se ha creado nunca: {code}.',
  'It was deleted: {code}.': 'Se ha borrado: {code}.',
  'It crashed and was kept: {code}, then start it.':
    'Falló y se conservó: {code}, y después arráncala.',
  'Multipass cannot reach it: see {code}.': 'Multipass no puede llegar a ella: mira {code}.',
  'Join the group "{group}" and log in again.': 'Añádete al grupo «{group}» y vuelve a entrar.',
  'Join the group "{group}" (and log in again), or name another connection than {uri} under "{key}".':
    'Añádete al grupo «{group}» (y vuelve a entrar), o di otra conexión que no sea {uri} en «{key}».',
  'Install open-vm-tools in the VM, or stop VMs over SSH or with "{code}".':
    'Instala open-vm-tools en la máquina virtual, o para las máquinas virtuales por SSH o con «{code}».',
  'Run the grader as administrator, or join the group "{group}".':
    'Ejecuta el corrector como administrador, o añádete al grupo «{group}».',
  'Switch on the Windows feature "{feature}".': 'Activa la característica de Windows «{feature}».',
  'See whether its service runs and this user may use it ({code}).':
    'Mira si su servicio funciona y si este usuario puede usarlo ({code}).',
  'Start it in the window of VirtualBox and see why; on Windows, end VBoxHeadless processes that were left behind.':
    'Arráncala en la ventana de VirtualBox y mira por qué falla; en Windows, termina los procesos VBoxHeadless que hayan quedado.',
  'Write the path of its .vmx under "{key}" in the cluster file.':
    'Escribe la ruta de su .vmx en «{key}» del fichero del clúster.',
  'Name the folder of the Vagrantfile under "{key}" in the cluster file.':
    'Di cuál es la carpeta del Vagrantfile en «{key}» del fichero del clúster.',
  'Its host-only adapter is gone: make it again in VirtualBox, under Tools, Network.':
    'Su adaptador host-only ya no está: vuelve a hacerlo en VirtualBox, en Herramientas, Red.',
  'Its files cannot be read by this user: run the grader as the one who made the VM.':
    'Este usuario no puede leer sus ficheros: ejecuta el corrector como quien hizo la máquina virtual.',
  "VirtualBox's own installation is broken: reinstall it, or rebuild its kernel module.":
    'La instalación de VirtualBox está dañada: vuelve a instalarlo, o vuelve a compilar su módulo del núcleo.',
  'Another user made these VMs: run the grader as that user.':
    'Estas máquinas virtuales las hizo otro usuario: ejecuta el corrector como ese usuario.',
  'Its provider cannot read it: open it there and see why.':
    'Su proveedor no puede leerla: ábrela allí y mira por qué.',
  "Somebody's job holds port 80 on {name}.": 'El job de otra persona tiene el puerto 80 de {name}.',
  'Stop that job.': 'Para ese job.',
  'the line "{line}"': 'la línea «{line}»',
  'The node calls itself {name}: no shell line is run with that.':
    'El nodo se llama {name}: con eso no se ejecuta ninguna línea de la shell.',
  'Give the VM a name of letters, digits, dots and dashes.':
    'Da a la máquina virtual un nombre de letras, cifras, puntos y guiones.',
  '{vm} has no number at its end, and the line "{line}" wants one as {n}.':
    '{vm} no acaba con ningún número, y la línea «{line}» quiere uno como {n}.',
  'Use {code} in that line of the cluster file.':
    'Usa {code} en esa línea del fichero del clúster.',
  'For {vm}, "{line}" did not end within {s} s': 'Para {vm}, «{line}» no ha terminado en {s} s',
  'For {vm}, "{line}" was killed': 'Para {vm}, «{line}» se ha interrumpido',
  'For {vm}, "{line}" ended with exit code {code}':
    'Para {vm}, «{line}» ha terminado con el código {code}',
  'Run that line by hand, and correct it in the cluster file.':
    'Ejecuta esa línea a mano, y corrígela en el fichero del clúster.',
  '{vm} cannot be switched: "{part}" has no {what} line.':
    'No se puede arrancar ni parar {vm}: «{part}» no tiene ninguna línea {what}.',
  'Write "{key}" into the "{part}" part of the cluster file.':
    'Escribe «{key}» en la parte «{part}» del fichero del clúster.',
  '{node} was saved, not shut down: it wakes with the memory of then, and its clock may be wrong for a while.':
    '{node} estaba guardada, no parada: despierta con la memoria de entonces, y su reloj puede ir mal un rato.',
  'The {title} driver was only held against recorded and documented outputs of {program}, never against {title} itself.':
    'El driver de {title} solo se ha comprobado con salidas grabadas y documentadas de {program}, nunca con {title} de verdad.',
  'VMs cannot be isolated here: that goes over SSH, and there is none.':
    'Aquí no se pueden aislar máquinas virtuales: eso se hace por SSH, y no lo hay.',
  'Name another driver under "{part}" in the cluster file.':
    'Pon otro driver en «{part}» del fichero del clúster.',
  'ending a network isolation that ends by itself after {n} minutes':
    'el fin de un aislamiento de la red, que también termina solo a los {n} minutos',
  'Nomad knows no node {vm}, so its VM cannot be reached over SSH.':
    'Nomad no conoce ningún nodo {vm}, y por tanto no se puede llegar por SSH a su máquina virtual.',
  'See "{code}" for the names of the clients.':
    'Mira «{code}» para saber los nombres de los clientes.',
  '{vm} could not be taken off the network over SSH':
    'No se ha podido quitar {vm} de la red por SSH',
  '{vm} could not be put back on the network over SSH':
    'No se ha podido devolver {vm} a la red por SSH',
  'It needs nft or iptables on the VM, and a login that is root or may run anything by sudo without a password ({code}).':
    'Hace falta nft o iptables en la máquina virtual, y un usuario que sea root o que pueda ejecutarlo todo con sudo sin contraseña ({code}).',
  'The lab did not {what} {vm}: HTTP {said}.':
    'El laboratorio no ha hecho «{what}» para {vm}: HTTP {said}.',
  "the lab's power door at {address}": 'la puerta de arranque del laboratorio en {address}',
  'the local cluster itself': 'el propio clúster local',
  'The local cluster did not {what} {vm}: HTTP {said}.':
    'El clúster local no ha hecho «{what}» para {vm}: HTTP {said}.',
  '{vm} is switched by hand, and nobody is at a terminal here.':
    '{vm} se arranca y se para a mano, y aquí no hay nadie en un terminal.',
  'a person, who is asked at the terminal': 'una persona, a quien se pide en el terminal',
  'Start {vm} now (it is waited for).': 'Arranca {vm} ahora (se espera).',
  'Switch {vm} off now, without shutting it down (that is waited for).':
    'Corta ahora la corriente de {vm}, sin pararla antes (se espera).',
  'Shut {vm} down now (that is waited for).': 'Para {vm} ahora (se espera).',
  'nothing: the cluster file has no "{part}" part':
    'nada: el fichero del clúster no tiene ninguna parte «{part}»',
  '{vm} cannot be switched: the cluster file names no way to do it.':
    'No se puede arrancar ni parar {vm}: el fichero del clúster no dice cómo se hace.',
  '{title} on this machine knows {match}: write "{code}" into the cluster file, or let "{command}" do it.':
    '{title} de esta máquina conoce {match}: escribe «{code}» en el fichero del clúster, o deja que lo haga «{command}».',
  'Write a "{part}" part into the cluster file.':
    'Escribe una parte «{part}» en el fichero del clúster.',
  '{node} was hibernated and wakes as it was.': '{node} hibernaba y despierta tal como estaba.',
  'Proxmox at {url}': 'Proxmox en {url}',
  'The Proxmox driver was only held against documented answers of its REST interface, never against Proxmox itself.':
    'El driver de Proxmox solo se ha comprobado con respuestas documentadas de su interfaz REST, nunca con Proxmox de verdad.',
  'Proxmox could not {what} {node}: {said}.':
    'Proxmox no ha podido hacer {what} de {node}: {said}.',
  'The guest did not follow; stop VMs over SSH or with "{code}".':
    'La máquina virtual no ha hecho caso; para las máquinas virtuales por SSH o con «{code}».',
  'See the task log in its web page.': 'Mira el registro de tareas en su página web.',
  'Copy {file} from the host and name it under "{key}" in the cluster file, or write "{other}" there.':
    'Copia {file} del anfitrión y ponlo en «{key}» del fichero del clúster, o escribe allí «{other}».',
  'Proxmox cannot be asked: there is no token.':
    'No se puede preguntar a Proxmox: no hay ningún token.',
  'Make one (Datacenter, Permissions, API Tokens) and put {form} into the environment variable {variable}, or under "{key}" in the cluster file.':
    'Haz uno (Datacenter, Permissions, API Tokens) y pon {form} en la variable de entorno {variable}, o en «{key}» del fichero del clúster.',
  'Proxmox answered {what} with HTTP {status}': 'Proxmox ha respondido a {what} con HTTP {status}',
  'See that the token is written {form} and has not expired.':
    'Mira que el token esté escrito {form} y que no haya caducado.',
  'Give the token itself the rights VM.PowerMgmt and VM.Audit on its VMs: a token has no rights of its user unless its privilege separation is switched off.':
    'Da al propio token los permisos VM.PowerMgmt y VM.Audit sobre sus máquinas virtuales: un token no tiene los permisos de su usuario si no se desactiva la separación de privilegios.',
  '{seen}: {said}.': '{seen}: {said}.',
  '{title}: "{command}" for {node} could not be run ({code})':
    '{title}: «{command}» para {node} no se ha podido ejecutar ({code})',
  '{title}: "{command}" for {node} was killed':
    '{title}: «{command}» para {node} se ha interrumpido',
  '{title}: "{command}" for {node} ended with exit code {code}':
    '{title}: «{command}» para {node} ha terminado con el código {code}',
  '{title} cannot be asked: {names} was not found on this machine.':
    'No se puede preguntar a {title}: {names} no se ha encontrado en esta máquina.',
  'Install {title} or put its program on PATH, or name it under "{key}" in the cluster file; run the grader on the machine where the VMs are.':
    'Instala {title} o pon su programa en el PATH, o di cuál es en «{key}» del fichero del clúster; ejecuta el corrector en la máquina donde están las máquinas virtuales.',
  '{title} knows no VM {called}; it knows no VM at all.':
    '{title} no conoce ninguna máquina virtual {called}; no conoce ninguna.',
  '{title} knows no VM {called}; it knows {list}.':
    '{title} no conoce ninguna máquina virtual {called}; conoce {list}.',
  'VMs belong to one user of the system: run the grader as the one who made them.':
    'Las máquinas virtuales son de un usuario del sistema: ejecuta el corrector como quien las hizo.',
  'Write which VM it is into the cluster file: {code}':
    'Escribe cuál máquina virtual es en el fichero del clúster: {code}',
  '{title} has more than one VM that could be {node}: {vms}.':
    '{title} tiene más de una máquina virtual que podría ser {node}: {vms}.',
  '{title} says that {node} is "{state}": a start does not end that.':
    '{title} dice que {node} está «{state}»: arrancarla no lo arregla.',
  '{title}: "{command}" for {node} did not end within {s} s.':
    '{title}: «{command}» para {node} no ha terminado en {s} s.',
  'Look at that VM in the hypervisor, and run that command by hand.':
    'Mira esa máquina virtual en el hipervisor, y ejecuta la orden a mano.',
  '{once} again and again': '{once} una y otra vez',
  'Run the grader as a user who may switch these VMs.':
    'Ejecuta el corrector como un usuario que pueda arrancar y parar esas máquinas virtuales.',
  'See what else works on that VM (a window of the hypervisor, another program), and end it.':
    'Mira qué más usa esa máquina virtual (una ventana del hipervisor, otro programa), y termínalo.',
  'See whether it was removed or renamed; "{key}" in the cluster file says which VM it is.':
    'Mira si se ha borrado o se ha cambiado de nombre; «{key}» del fichero del clúster dice qué máquina virtual es.',
  'Run that command by hand and see why it fails.':
    'Ejecuta esa orden a mano y mira por qué falla.',

  // ── A run on its cluster
  'it is not asked for': 'no se ha pedido',
  'Only {fit} clients are fit and {needed} are needed: {why}':
    'Solo hay {fit} clientes aptos y hacen falta {needed}: {why}',
  'Only {fit} clients are fit and {needed} are needed.':
    'Solo hay {fit} clientes aptos y hacen falta {needed}.',
  'Start the VMs, and see {nomad} and {consul}.':
    'Arranca las máquinas virtuales, y mira {nomad} y {consul}.',
  'The client {name} joined the cluster while an item was graded.':
    'El cliente {name} se ha unido al clúster mientras se corregía un apartado.',
  'Start all VMs before grading, and run this item again.':
    'Arranca todas las máquinas virtuales antes de corregir, y vuelve a corregir este apartado.',
  '{vm} came back by itself while it had to be off.':
    '{vm} ha vuelto a arrancar por sí sola mientras tenía que estar apagada.',
  'Find out what starts it, and run this item again.':
    'Averigua qué la arranca, y vuelve a corregir este apartado.',
  'Waiting up to {s} s for it to go.': 'Se espera hasta {s} s a que se vaya.',
  'The job {job} was purged, yet its container on {vm} did not end.':
    'El job {job} se ha eliminado, pero su contenedor de {vm} no ha terminado.',
  'See {code} and the Docker of {vm}.': 'Mira {code} y el Docker de {vm}.',
  'Nomad could not {what} the job {job}: {said}':
    'Nomad no ha podido hacer «{what}» con el job {job}: {said}',
  "See whether the server has a leader, and Nomad's log.":
    'Mira si el servidor tiene líder, y el registro de Nomad.',
  'Nomad at {host} answered {path} without having heard from its leader for {seconds} s.':
    'Nomad en {host} ha respondido {path} sin saber nada de su líder desde hace {seconds} s.',
  'See {code}, and the log of that server.': 'Mira {code}, y el registro de ese servidor.',
  '{who} answered {path} with HTTP {status}: {said}.':
    '{who} ha respondido a {path} con HTTP {status}: {said}.',
  '{who} at {host} answered {path} with HTTP {status}: {said}.':
    '{who} en {host} ha respondido a {path} con HTTP {status}: {said}.',
  'See whether the server has a leader, and what its log says.':
    'Mira si el servidor tiene líder, y qué dice su registro.',
  "Nomad's agent at {host} gives no heartbeat times.":
    'El agente de Nomad en {host} no da la hora de los latidos.',
  'See whether that agent runs as a client.': 'Mira si ese agente se ejecuta como cliente.',
  'Consul DNS at {where} did not answer {name} ({code}).':
    'El DNS de Consul en {where} no ha respondido a {name} ({code}).',
  'See whether Consul runs there and its {setting} lets others ask.':
    'Mira si Consul se ejecuta ahí y si su {setting} deja preguntar a los demás.',
  'Consul DNS at {where} answered {name} with what is no answer to it.':
    'El DNS de Consul en {where} ha respondido a {name} con lo que no es ninguna respuesta.',
  'No lock could be taken in Consul, so take care that nobody else grades on this cluster now: {why}':
    'No se ha podido hacer ningún bloqueo en Consul: vigila que nadie más corrija ahora en este clúster: {why}',
  'The lock in Consul ends by itself in {s} s: {why}':
    'El bloqueo de Consul termina solo dentro de {s} s: {why}',
  'A run on this machine ended early; its lock in Consul ends within {s} s: waiting.':
    'Una corrección de esta máquina terminó antes de tiempo; su bloqueo en Consul termina antes de {s} s: se espera.',
  'Another grader holds this cluster since {since}: {who} on {host} grades {student} (process {pid}).':
    'Otro corrector tiene este clúster desde {since}: {who} en {host} corrige a {student} (proceso {pid}).',
  'Wait until it has ended. If it died, its lock ends by itself within {s} s: run this again.':
    'Espera a que termine. Si ha muerto, su bloqueo termina solo antes de {s} s: vuelve a ejecutarlo.',
  'Consul refused the key {key} again and again, though nobody holds it.':
    'Consul ha rechazado la clave {key} una y otra vez, aunque no la tiene nadie.',
  'See {code}.': 'Mira {code}.',
  '"{text}" is no jump host.': '«{text}» no es ninguna máquina de salto.',
  'Write it as {form}, several with commas between.':
    'Escríbelo así: {form}; si hay más de una, separadas por comas.',
  'The local cluster ended while it was starting: {last}.':
    'El clúster local ha terminado mientras arrancaba: {last}.',
  'The local cluster ended while it was starting.':
    'El clúster local ha terminado mientras arrancaba.',
  'See that this machine lets root make namespaces, mounts and control groups.':
    'Mira que esta máquina deje que root haga espacios de nombres, montajes y grupos de control.',
  'The local cluster did not come up: {why}.': 'El clúster local no ha arrancado: {why}.',
  'On a machine with Docker and a network: {pull}, and, for another machine, {save} and {flag}.':
    'En una máquina con Docker y red: {pull}, y, para otra máquina, {save} y {flag}.',
  'There is no archive of images {missing}.': 'No hay ningún archivo de imágenes {missing}.',
  "No archive of images was named, and this machine's Docker ({socket}) does not answer.":
    'No se ha dicho ningún archivo de imágenes, y el Docker de esta máquina ({socket}) no responde.',
  "This machine's Docker has no image of {names}.":
    'El Docker de esta máquina no tiene ninguna imagen de {names}.',
  'it needs Linux (its VMs are namespaces): on another system use the lab, or your VMs':
    'hace falta Linux (sus máquinas virtuales son espacios de nombres): en otro sistema usa el laboratorio, o tus máquinas virtuales',
  'it needs root: run the same command with {sudo}':
    'hay que ser root: ejecuta la misma orden con {sudo}',
  '{name} is not on PATH: install {from}': '{name} no está en el PATH: instala {from}',
  '{code} needs none of this.': '{code} no necesita nada de esto.',
  'No local cluster can be made here: {why}.':
    'Aquí no se puede hacer ningún clúster local: {why}.',
  'No local cluster can be made here: no namespaces may be made ({said}).':
    'Aquí no se puede hacer ningún clúster local: no se pueden hacer espacios de nombres ({said}).',
  'Inside a container it must have been started with {flag}.':
    'Dentro de un contenedor, tiene que haberse arrancado con {flag}.',

  // ── What was handed in
  'The job has the type {type}; only service is allowed.':
    'El job tiene el tipo {type}; solo se permite service.',
  'The job asks for the namespace {space}; only default is allowed.':
    'El job pide el namespace {space}; solo se permite default.',
  'The job is periodic, which is not allowed.': 'El job es periódico, y eso no se permite.',
  'The job is parameterized or dispatched, which is not allowed.':
    'El job es parametrizado o se lanza con dispatch, y eso no se permite.',
  'The job carries access to Vault, which is not allowed.':
    'El job lleva acceso a Vault, y eso no se permite.',
  'The job asks for {total} allocations; at most {limit} are allowed.':
    'El job pide {total} allocations; se permiten {limit} como máximo.',
  'The cluster already has a job called {id} that belongs to someone else.':
    'En el clúster ya hay un job {id} que es de otra persona.',
  'The group {name} asks for {cpu} MHz; {limit} are allowed.':
    'El grupo {name} pide {cpu} MHz; se permiten {limit}.',
  'The group {name} asks for {cores} cores; {limit} are allowed.':
    'El grupo {name} pide {cores} núcleos; se permiten {limit}.',
  'The group {name} asks for {memory} MB of memory; {limit} MB are allowed.':
    'El grupo {name} pide {memory} MB de memoria; se permiten {limit} MB.',
  'The group {name} asks for unbounded memory; {limit} MB are allowed.':
    'El grupo {name} pide memoria sin límite; se permiten {limit} MB.',
  'The group {name} asks for a volume of the host or of a storage plugin, which is not allowed.':
    'El grupo {name} pide un volumen del host o de un plugin de almacenamiento, y eso no se permite.',
  'The group {name} asks for the Consul namespace {space}, which is not allowed.':
    'El grupo {name} pide el namespace {space} de Consul, y eso no se permite.',
  'The group {name} asks for a Connect gateway, which is not allowed.':
    'El grupo {name} pide un gateway de Connect, y eso no se permite.',
  'The task {name} names no driver; only docker is allowed.':
    'La tarea {name} no dice ningún driver; solo se permite docker.',
  'The task {name} uses the driver {driver}; only docker is allowed.':
    'La tarea {name} usa el driver {driver}; solo se permite docker.',
  'The task {name} downloads an artifact, which is not allowed.':
    'La tarea {name} descarga un artifact, y eso no se permite.',
  'The task {name} asks for access to Vault, which is not allowed.':
    'La tarea {name} pide acceso a Vault, y eso no se permite.',
  'The task {name} reads a secret of the cluster, which is not allowed.':
    'La tarea {name} lee un secreto del clúster, y eso no se permite.',
  'The task {name} asks for an identity of its own, which is not allowed.':
    'La tarea {name} pide una identidad propia, y eso no se permite.',
  'The task {name} mounts a volume of the host or of a storage plugin, which is not allowed.':
    'La tarea {name} monta un volumen del host o de un plugin de almacenamiento, y eso no se permite.',
  'The task {name} starts a storage plugin, which is not allowed.':
    'La tarea {name} arranca un plugin de almacenamiento, y eso no se permite.',
  'The task {name} waits for a dispatched payload, which is not allowed.':
    'La tarea {name} espera datos de un dispatch, y eso no se permite.',
  'The image of the task {name} is only known when it runs; write its name.':
    'La imagen de la tarea {name} solo se sabe cuando se ejecuta; escribe su nombre.',
  'The image {image} comes from {registry}; allowed: {allowed}.':
    'La imagen {image} viene de {registry}; se permiten: {allowed}.',
  'more capabilities': 'más capacidades',
  'devices of the host': 'dispositivos del host',
  'other security options': 'otras opciones de seguridad',
  'a volume driver': 'un driver de volúmenes',
  'another container runtime': 'otro runtime de contenedores',
  'an image out of a file': 'una imagen de un fichero',
  'The task {name} asks Docker for {what} ({key}), which is not allowed.':
    'La tarea {name} pide a Docker {what} ({key}), y eso no se permite.',
  'The task {name} runs privileged, which is not allowed.':
    'La tarea {name} se ejecuta con privilegios, y eso no se permite.',
  'The task {name} may run privileged, which is not allowed.':
    'La tarea {name} podría ejecutarse con privilegios, y eso no se permite.',
  'The task {name} has {code}, which is not allowed.':
    'La tarea {name} tiene {code}, y eso no se permite.',
  'The task {name} mounts {source} from outside.': 'La tarea {name} monta {source} de fuera.',
  'The task {name} has a {key} that cannot be checked.':
    'La tarea {name} tiene un {key} que no se puede comprobar.',
  'The task {name} sends its logs with {driver}.':
    'La tarea {name} envía sus registros con {driver}.',
  'A template of the task {name} {why}, which is not allowed.':
    'Una plantilla (template) de la tarea {name} {why}, y eso no se permite.',
  'reads the file {file}': 'lee el fichero {file}',
  'writes to {file}': 'escribe en {file}',
  'calls {word}': 'llama a {word}',
  'The file is larger than {limit} KiB, too large for a job.':
    'El fichero pasa de {limit} KiB, demasiado grande para un job.',
  'The file is empty, so there is no job in it.': 'El fichero está vacío, y no hay ningún job.',
  'The file cannot be read as a job: {said}.': 'El fichero no se puede leer como un job: {said}.',
  'The file is nested too deeply to be a job.':
    'El fichero tiene demasiados niveles para ser un job.',
  'Nomad cannot read the file: it is not HCL.': 'Nomad no puede leer el fichero: no es HCL.',
  'Nomad cannot read the file: after {word} there is neither a {block} (a block) nor a {equals} (an argument).':
    'Nomad no puede leer el fichero: después de {word} no hay ni {block} (un bloque) ni {equals} (un argumento).',
  'Nomad cannot read the file: {why}.': 'Nomad no puede leer el fichero: {why}.',
  'There is no job block in the file.': 'En el fichero no hay ningún bloque job.',
  'The file has more than one job block.': 'El fichero tiene más de un bloque job.',
  'The file is not JSON: {said}.': 'El fichero no es JSON: {said}.',
  'There is no job in the file.': 'En el fichero no hay ningún job.',
  'The job has {name} twice in one place.': 'El job tiene {name} dos veces en el mismo sitio.',
  'The submission folder is not there, or it is not a folder.':
    'La carpeta entregada no está, o no es una carpeta.',
  'The folder has too many files or is too deep: not all of it was looked at.':
    'La carpeta tiene demasiados ficheros o demasiados niveles: no se ha mirado toda.',
  '{file} is not read: {why}': '{file} no se lee: {why}',
  'it is a job, but neither nginx nor apache': 'es un job, pero ni nginx ni apache',
  'it cannot be read, and nothing in it says nginx or apache':
    'no se puede leer, y nada en él dice nginx ni apache',
  'it is not a job': 'no es un job',
  'it is a copy of {file}': 'es una copia de {file}',
  'its name says {hint}': 'su nombre dice {hint}',
  'it is the only nginx file, so the last state of the one that is edited':
    'es el único fichero de nginx, y por tanto el último estado del que se ha ido editando',
  'it is the apache job': 'es el job de apache',
  'it has the static port {port}': 'tiene el puerto estático {port}',
  'it has a dynamic port and the count {count}': 'tiene un puerto dinámico y count {count}',
  '{stage} is another file, and this one fits no other stage':
    '{stage} es otro fichero, y este no encaja en ningún otro apartado',
  'stages.yaml names another file for {stage}': 'stages.yaml dice otro fichero para {stage}',
  '{winner} is nearer to {stage}': '{winner} se parece más a {stage}',
  'others are nearer to {stage}': 'hay otros que se parecen más a {stage}',
  'its name does not end in .nomad, .hcl or .json': 'su nombre no acaba en .nomad, .hcl ni .json',
  'its name has characters that cannot be shown':
    'su nombre tiene caracteres que no se pueden mostrar',
  'it is not there': 'no está',
  'it leads out of the folder': 'sale de la carpeta',
  'it is saved as UTF-16; save it as UTF-8': 'está guardado en UTF-16; guárdalo en UTF-8',
  'it is not a text file': 'no es un fichero de texto',
  'it is not a file': 'no es un fichero',
  'it is larger than {limit} KiB': 'pasa de {limit} KiB',
  'it cannot be read ({code})': 'no se puede leer ({code})',
  'It is not read: {why}.': 'No se lee: {why}.',
  'It names the stage {id}; there are {ids}.': 'Dice el apartado {id}; hay {ids}.',
  'It is not YAML: {said}.': 'No es YAML: {said}.',
  'It must give a path for each stage, as {code}.':
    'Debe dar una ruta para cada apartado, como {code}.',
  'Its file for {id}, {path}, is not taken: {why}.':
    'El fichero que da para {id}, {path}, no se toma: {why}.',
  'it is not a path': 'no es una ruta',
  'it still shows the job as it was before this one was registered':
    'todavía muestra el job tal como era antes de que se registrara este',
  // ── A class on Nomad and on GitHub
  '{engine} wants {lab} or {local}: each student gets a cluster of its own there.':
    '{engine} quiere {lab} o {local}: allí cada alumno tiene un clúster propio.',
  '"{word}" cannot be sent to Nomad: it has blanks or signs.':
    '«{word}» no se puede enviar a Nomad: tiene espacios o signos.',
  'where the grading is done: {engines}': 'dónde se corrige: {engines}',
  'of nomad: your own template of the job': 'de nomad: tu plantilla del job',
  'of nomad: leave what it registered': 'de nomad: deja lo que ha registrado',
  'of nomad: when interrupted, stop what runs there':
    'de nomad: si se interrumpe, detiene lo que se ejecuta allí',
  'of actions: folder with the artifacts that came':
    'de actions: carpeta con los artefactos que han llegado',
  'A runner of GitHub does not reach a cluster of its own.':
    'Un runner de GitHub no llega al clúster propio del alumno.',
  'Its name cannot stand in a workflow.': 'Su nombre no puede estar en un workflow.',
  'It waits for the workflow on GitHub.': 'Espera el workflow de GitHub.',
  'a runner of GitHub': 'un runner de GitHub',
  'For {count, plural, one {# student} other {# students}} there are now {workflow} and {parcels}: commit them to a private repository, run the workflow there, then {download} and this command with {flag}.':
    'Para {count, plural, one {# alumno} other {# alumnos}} ya están {workflow} y {parcels}: ponlos en un repositorio privado, ejecuta allí el workflow, y después {download} y este comando con {flag}.',
  'What is graded of it cannot be packed.': 'Lo que se corrige de ella no se puede empaquetar.',
  '{variable} is not set.': '{variable} no está definida.',
  'Set it, and {token} where the cluster wants one, as for the command {nomad}.':
    'Defínela, y {token} si el clúster pide uno, como para el comando {nomad}.',
  'Nomad gave {path} of another length than it has.':
    'Nomad ha dado {path} con una longitud que no es la suya.',
  '{file} is no job: {why}': '{file} no es un job: {why}',
  '{file} is no job for a class: {missing}.': '{file} no es un job para una clase: {missing}.',
  'Nomad has a job {id} that is not ours.': 'Nomad tiene un job {id} que no es nuestro.',
  'Give the roster another name.': 'Ponle otro nombre a la lista.',
  'Begin with the one that the grader has: {file}.':
    'Empieza con el que tiene el corrector: {file}.',
  'its type is not {type}': 'el tipo no es {type}',
  'it takes no payload ({code})': 'no acepta ninguna carga ({code})',
  'its meta keys are not {keys}': 'las claves de meta no son {keys}',
  'The result that came is of another student.': 'El resultado que ha llegado es de otro alumno.',
  'Its results on {client} are out of reach.':
    'No se puede llegar a los resultados que están en {client}.',
  'It is graded once more.': 'Se vuelve a corregir.',
  'The grader on {client} ended with {code}: {said}':
    'El corrector de {client} ha terminado con {code}: {said}',
  'A job on Nomad does not reach a cluster of its own.':
    'Un job de Nomad no llega al clúster propio del alumno.',
  'Its results were lost each time.': 'Los resultados se han perdido cada vez.',
  '{client}, by Nomad': '{client}, por Nomad',
  'The jobs in Nomad were not removed.': 'Los jobs no se han borrado de Nomad.',
  'Nomad goes on with {count, plural, one {# student} other {# students}} of {id}: the same command collects them, and with {flag} an interrupted one stops them.':
    'Nomad sigue con {count, plural, one {# alumno} other {# alumnos}} de {id}: el mismo comando los recoge, y con {flag} un comando interrumpido los detiene.',
  'What is graded of it takes {size} bytes packed, and Nomad takes {limit}.':
    'Lo que se corrige de ella ocupa {size} bytes empaquetado, y Nomad acepta {limit}.',
  'Grade it on this machine: {code}.': 'Corrígelo en esta máquina: {code}.',
  'Its job was stopped in Nomad.': 'Su job se ha detenido en Nomad.',
  'the grader on a client of Nomad': 'el corrector en un cliente de Nomad',
  'a client of Nomad that has room': 'un cliente de Nomad que tenga sitio',
  'It is graded on {client}.': 'Se corrige en {client}.',
  '{client} was lost; it is graded once more on another client.':
    '{client} se ha perdido; se vuelve a corregir en otro cliente.',
  'No client of Nomad is fit for the job ({rules}).':
    'Ningún cliente de Nomad sirve para el job ({rules}).',
  'Change the template of the job, or the configuration of the clients.':
    'Cambia la plantilla del job, o la configuración de los clientes.',
  'The grader did not start on {client}: {said}':
    'El corrector no ha arrancado en {client}: {said}',
  // ── The practice ground (grade lab)
  'the DNS of Consul answers after 3 seconds': 'el DNS de Consul responde al cabo de 3 segundos',
  'the DNS of Consul does not answer': 'el DNS de Consul no responde',
  'the DNS of Consul answers SERVFAIL': 'el DNS de Consul responde SERVFAIL',
  'the API of Nomad answers after 3 seconds': 'la API de Nomad responde al cabo de 3 segundos',
  'the API of Nomad answers with errors (500)': 'la API de Nomad responde con errores (500)',
  'the API of Consul answers after 3 seconds': 'la API de Consul responde al cabo de 3 segundos',
  'Consul answers with errors (500, SERVFAIL)': 'Consul responde con errores (500, SERVFAIL)',
  'the Consul of each client listens on 127.0.0.1 only':
    'el Consul de cada cliente solo escucha en 127.0.0.1',
  'the scheduler of Nomad takes no evaluation: nothing new is placed':
    'el planificador de Nomad no atiende ninguna evaluación: no se coloca nada nuevo',
  'the registry of images cannot be reached': 'no se puede llegar al registro de imágenes',
  'an image takes a minute to come (only those that a VM does not have)':
    'una imagen tarda un minuto en llegar (solo las que la máquina virtual no tiene)',
  'the VM does not come up when it is started': 'la máquina virtual no arranca cuando la enciendes',
  'the VM ignores an orderly stop': 'la máquina virtual no hace caso cuando la paras ordenadamente',
  'the VM takes 30 seconds to shut down': 'la máquina virtual tarda 30 segundos en apagarse',
  'sudo wants a password on the VM': 'sudo pide contraseña en la máquina virtual',
  'the SSH of the VM accepts and says nothing':
    'el SSH de la máquina virtual acepta la conexión y no dice nada',
  'the Docker of the VM does not answer: Nomad places nothing there':
    'el Docker de la máquina virtual no responde: Nomad no coloca nada allí',
  'the disk of the VM is full and its images are gone':
    'el disco de la máquina virtual está lleno y ha perdido sus imágenes',
  'the clock of the VM is 90 seconds ahead':
    'el reloj de la máquina virtual va 90 segundos adelantado',
  'Nomad took the NAT address of the VM: new replicas are at 10.0.2.15':
    'Nomad ha tomado la dirección NAT de la máquina virtual: las réplicas nuevas están en 10.0.2.15',
  'a program outside Nomad has port 80 of the VM':
    'un programa de fuera de Nomad ocupa el puerto 80 de la máquina virtual',
  'a firewall lets only SSH through to the VM':
    'un cortafuegos solo deja pasar SSH hacia la máquina virtual',
  on: 'encendida',
  'shutting down': 'se apaga',
  off: 'apagada',
  booting: 'arranca',
  'What happened in the lab': 'Qué ha pasado en el laboratorio',
  jobs: 'jobs',
  'No fault is on.': 'No hay ninguna avería activa.',
  '{name} is on: {what}.': '{name} está activa: {what}.',
  '{name} is on at {vm}: {what}.': '{name} está activa en {vm}: {what}.',
  Power: 'Corriente',
  'Nothing is deployed.': 'No hay nada desplegado.',
  'no answer within a second': 'ninguna respuesta en un segundo',
  'No service was registered yet.': 'Aún no se ha registrado ningún servicio.',
  gone: 'ya no está',
  'Nothing happened yet.': 'Aún no ha pasado nada.',
  'Nomad {nomad}, Consul {consul}, seed {seed}, {speed} cluster second(s) a second.':
    'Nomad {nomad}, Consul {consul}, semilla {seed}, {speed} segundo(s) de clúster por segundo.',
  'A simulated cluster': 'Un clúster simulado',
  'The lab does not answer: it has ended.': 'El laboratorio no responde: ha terminado.',
  'Done.': 'Hecho.',
  'No real cluster: what is here is gone when the lab ends.':
    'No es un clúster de verdad: lo que hay desaparece cuando termina el laboratorio.',
  'Time since it began:': 'Tiempo desde que empezó:',
  'Virtual machines': 'Máquinas virtuales',
  Replicas: 'Réplicas',
  'What DNS answers now': 'Qué responde ahora el DNS',
  Name: 'Nombre',
  Addresses: 'Direcciones',
  'What happened, newest first': 'Qué ha pasado, primero lo más nuevo',
  'Lines to paste': 'Líneas para pegar',
  Job: 'Job',
  Allocation: 'Allocation',
  VM: 'Máquina virtual',
  Address: 'Dirección',
  'Nomad says': 'Nomad dice',
  'Consul says': 'Consul dice',
  'Who says': 'Quién lo dice',
  'Of what': 'De qué',
  'What it is now': 'Cómo está ahora',
  server: 'servidor',
  Stop: 'Para',
  Cut: 'Corta la corriente',
  Start: 'Enciende',
  '{vm} is told to shut down.': 'Se le dice a {vm} que se apague.',
  '{vm} has lost its power.': '{vm} se ha quedado sin corriente.',
  '{vm} is started.': 'Se enciende {vm}.',
  'Minutes that are drawn': 'Minutos que se dibujan',
  'Cluster seconds since the lab began': 'Segundos de clúster desde que empezó el laboratorio',
  'A fault': 'Una avería',
  Fault: 'Avería',
  none: 'ninguna',
  Switch: 'Cambia',
  '{flag} is a name of letters, digits, - and _, not "{text}".':
    '{flag} es un nombre de letras, cifras, - y _, no «{text}».',
  'There is no lab here: no file {path}. Begin one with {code}, or say which with {flag}.':
    'Aquí no hay ningún laboratorio: no está el fichero {path}. Empieza uno con {code}, o di cuál es con {flag}.',
  '{path} is not the file of a lab.': '{path} no es el fichero de un laboratorio.',
  'The lab of {path} has ended. Begin one with {code}.':
    'El laboratorio de {path} ha terminado. Empieza uno con {code}.',
  '{path} is there already and is no lab’s: give another file with {out}, or a name with {name}.':
    '{path} ya existe y no es de ningún laboratorio: pon otro fichero con {out}, o un nombre con {name}.',
  'A lab runs here already: {address} ({path}). End it with {end}, or give this one a name with {name}.':
    'Aquí ya hay un laboratorio en marcha: {address} ({path}). Termínalo con {end}, o ponle un nombre a este con {name}.',
  'its cluster file (else {usual})': 'su fichero de clúster (si no, {usual})',
  'stop virtual machines of a running lab': 'para máquinas virtuales de un laboratorio en marcha',
  'such as {example}': 'como {example}',
  'cut their power, with no goodbye': 'córtales la corriente, sin avisar',
  'start virtual machines of a running lab':
    'enciende máquinas virtuales de un laboratorio en marcha',
  'say what is so in a running lab': 'dice qué hay en un laboratorio en marcha',
  'switch a fault of a running lab on, or all off; without a name, list them':
    'activa una avería de un laboratorio en marcha, o las quita todas; sin nombre, las lista',
  'one of the list, or {none}': 'una de la lista, o {none}',
  'where, if it is of one VM': 'dónde, si es de una sola máquina virtual',
  '{name} is on.': '{name} está activa.',
  'end a running lab': 'termina un laboratorio en marcha',
  'The lab has ended.': 'El laboratorio ha terminado.',
  'no fault': 'ninguna avería',
  'There is no fault called "{name}": {code} lists them.':
    'No hay ninguna avería que se llame «{name}»: {code} las lista.',
  '{name} is of one VM: say which, as in {code}.':
    '{name} es de una sola máquina virtual: di cuál, como en {code}.',
  '{name} is of no single VM.': '{name} no es de ninguna máquina virtual en concreto.',
  'The lab has no {vm}: it has {all}.': 'El laboratorio no tiene {vm}: tiene {all}.',
  '{vm} is still shutting down: start it when it is off.':
    '{vm} aún se apaga: enciéndela cuando esté apagada.',
  'The lab refused: {said}': 'El laboratorio lo ha rechazado: {said}',
  '{simulated} cluster, seed {seed}, {speed} cluster second(s) a second: {address}':
    'Clúster {simulated}, semilla {seed}, {speed} segundo(s) de clúster por segundo: {address}',
  'one of several: its file is {file}': 'uno de varios: su fichero es {file}',
  'error: missing: {what}': 'error: falta: {what}',
  'Its page: {address}': 'Su página: {address}',
  'Another program has port 80 of that VM.':
    'Otro programa tiene el puerto 80 de esa máquina virtual.',
  // ── The local cluster's notes
  'Local cluster: its VMs are namespaces of this machine and reach nothing outside.':
    'Clúster local: sus máquinas virtuales son espacios de nombres de esta máquina y no llegan a nada de fuera.',
  'Local cluster: heartbeats were lowered (a time to live from {shortestTtl} s instead of 10 s, {grace} s of grace instead of 10 s), so VMs are declared down sooner than usual.':
    'Clúster local: se han acortado los latidos (un tiempo de vida a partir de {shortestTtl} s en lugar de 10 s, {grace} s de margen en lugar de 10 s), de modo que las máquinas virtuales se dan por caídas antes de lo habitual.',

  // ── Grading a class (grade class)
  'What was graded before is kept, for now: {why}':
    'De momento se conserva lo que ya se había corregido: {why}',
  'where the grading is done': 'dónde se corrige',
  'The run before left this undone: {what}.':
    'La ejecución anterior dejó esto sin deshacer: {what}.',
  'It was not graded.': 'No se ha corregido.',
  'It took longer than {minutes} minutes and was stopped.':
    'Ha tardado más de {minutes} minutos y se ha parado.',
  "{at}: this line of the class's ledger cannot be read.":
    '{at}: esta línea del registro de la clase no se puede leer.',
  'Take the file as the grader wrote it, or grade into another {flag}.':
    'Toma el fichero tal como lo escribió el corrector, o corrige con otro {flag}.',
  "The class's ledger {path} cannot be written ({code}): nobody is graded without it.":
    'El registro de la clase {path} no se puede escribir ({code}): sin él no se corrige a nadie.',
  'This class is being graded by another process ({pid}).':
    'Otro proceso ({pid}) ya está corrigiendo esta clase.',
  'The process that graded ended ({how}): {words}':
    'El proceso que corregía ha terminado ({how}): {words}',
  'The process that graded ended ({how}).': 'El proceso que corregía ha terminado ({how}).',
  'It was handed in anew: graded from the beginning.':
    'Se ha vuelto a entregar: se corrige desde el principio.',
  'See to the cluster, and run the same command again.':
    'Arregla el clúster y vuelve a ejecutar la misma orden.',
  'no cluster': 'ningún clúster',
  'Handed in late.': 'Entregado fuera de plazo.',
  '{done} of {all} done, {running} under way': '{done} de {all} hechos, {running} en marcha',
  'tried again at the end': 'se volverá a probar al final',
  'about {seconds} s left': 'faltan unos {seconds} s',
  'about {minutes} min left': 'faltan unos {minutes} min',
  'There is no hand-in in the folder {path}.': 'En la carpeta {path} no hay ninguna entrega.',
  '{flag}: there is no student called "{name}" in the roster.':
    '{flag}: en la lista no hay ningún alumno que se llame «{name}».',
  'local cluster {n}': 'clúster local {n}',
  'Memory is enough for {fitting, plural, one {# local cluster} other {# local clusters}} of the {asked} asked for.':
    'Hay memoria para {fitting, plural, one {# clúster local} other {# clústeres locales}} de los {asked} pedidos.',
  '{file}': '{file}',
  'Class: {path}': 'Clase: {path}',
  'Table: {path}': 'Tabla: {path}',
  'grade a whole class, and go on with it where it was cut':
    'corrige toda una clase, y sigue donde se cortó',
  'CSV with columns student and submission; or a folder of them':
    'CSV con columnas student y submission; o una carpeta con las entregas',
  'lab, {local} (made here: Linux, root), or cluster files with commas between':
    'lab, {local} (hechos aquí: Linux, root), o ficheros de clúster separados por comas',
  'of labs: how many side by side (default: one per core)':
    'de los laboratorios: cuántos a la vez (por defecto: uno por núcleo)',
  'hand-ins, where the roster does not say': 'las entregas, si la lista no lo dice',
  'the deadline of those who have none of their own': 'el plazo de quien no tiene uno propio',
  'only these, with commas between': 'solo estos, separados por comas',
  'only who lost marks, and only those items':
    'solo quien ha perdido puntos, y solo esos apartados',
  'only what is open: inconclusive, without cluster, not graded':
    'solo lo que queda abierto: no concluyente, sin clúster, sin corregir',
  'of the local clusters: archives, commas between':
    'de los clústeres locales: archivos, separados por comas',
  'no student takes longer': 'ningún alumno tarda más',
  'print the class as one JSON document on stdout':
    'escribe la clase como un solo documento JSON en stdout',
  // ── The class afterwards
  late: 'fuera de plazo',
  refused: 'rechazado',
  'no cluster graded it': 'ningún clúster lo ha corregido',
  interrupted: 'interrumpido',
  "the grader's own fault": 'error del corrector',
  'Hand-ins to look at': 'Entregas que hay que mirar',
  Students: 'Alumnos',
  Grade: 'Calificación',
  'An asterisk: the teacher decided.': 'Un asterisco: lo ha decidido el profesor.',
  'not known yet': 'todavía no se sabe',
  'The middle mark is {middle} of {top}.': 'La nota mediana es {middle} de {top}.',
  Share: 'Proporción',
  'How many': 'Cuántos',
  'Fix the lab, not the grades': 'Arregla el laboratorio, no las notas',
  'Here no mark was given or taken. Mend the cluster, then grade only what is open: {code}.':
    'Aquí no se ha dado ni quitado ningún punto. Arregla el clúster y después corrige solo lo que queda abierto: {code}.',
  'without a cluster': 'sin clúster',
  '{items, plural, one {# item} other {# items}} of {students, plural, one {# student} other {# students}}':
    '{items, plural, one {# apartado} other {# apartados}} de {students, plural, one {# alumno} other {# alumnos}}',
  Who: 'Quién',
  'The share that passed is of those handed in and known.':
    'La proporción de superados es sobre los entregados y conocidos.',
  'usually takes': 'suele tardar',
  longest: 'máximo',
  'Why marks were lost': 'Por qué se han perdido puntos',
  'For example:': 'Por ejemplo:',
  'Stopped in order, {n, plural, one {# time} other {# times}}: usually after {middle}, at most after {longest}.':
    'Parada ordenada, {n, plural, one {# vez} other {# veces}}: normalmente al cabo de {middle}, como máximo al cabo de {longest}.',
  'Power cut, {n, plural, one {# time} other {# times}}: usually after {middle}, at most after {longest}.':
    'Corte de corriente, {n, plural, one {# vez} other {# veces}}: normalmente al cabo de {middle}, como máximo al cabo de {longest}.',
  'Their heartbeats foretold {foretold} at most.': 'Los latidos preveían {foretold} como máximo.',
  'When Nomad missed a VM': 'Cuándo Nomad ha echado de menos una máquina virtual',
  item: 'apartado',
  title: 'título',
  'passed, share': 'superado, proporción',
  'usual seconds': 'segundos habituales',
  'longest seconds': 'segundos como máximo',
  'commonest cause': 'causa más frecuente',
  'how many': 'cuántos',
  sentence: 'frase',
  // ── grade rescore
  was: 'era',
  is: 'es',
  why: 'por qué',
  mark: 'nota',
  'cannot be judged again': 'no se puede volver a juzgar',
  '{student} has no result yet: the run was killed, or is not done.':
    '{student} todavía no tiene resultado: la ejecución se cortó o no ha terminado.',
  '{dir} has no {file}: it cannot be judged again.':
    '{dir} no tiene {file}: no se puede volver a juzgar.',
  'Judged again: {students, plural, one {# student} other {# students}}, {marks, plural, =0 {no mark changes} one {# mark changes} other {# marks change}}, {trouble, plural, =0 {all could be judged} other {# cannot be judged again}}.':
    'Vuelto a juzgar: {students, plural, one {# alumno} other {# alumnos}}, {marks, plural, =0 {no cambia ninguna nota} one {cambia # nota} other {cambian # notas}}, {trouble, plural, =0 {todos se han podido juzgar} one {# no se puede volver a juzgar} other {# no se pueden volver a juzgar}}.',
  'judge runs again from their evidence, and say who changes':
    'vuelve a juzgar ejecuciones a partir de sus pruebas, y dice quién cambia',
  "folders of runs, or a class's folder of reports":
    'carpetas de ejecuciones, o la carpeta de informes de una clase',
  'write the reports of those who change, and the class, anew':
    'escribe de nuevo los informes de quien cambia, y la clase',
  'print it as one JSON document on stdout': 'escríbelo como un solo documento JSON en stdout',
  'No run is named in {paths}.': 'En {paths} no hay ninguna ejecución.',
  'Written: {path}': 'Escrito: {path}',
  'Nothing was written: {flag} does it.': 'No se ha escrito nada: lo hace {flag}.',
  // ── The class: the roster and the hand-ins
  'the name {name} is no name of a file.': 'el nombre {name} no es ningún nombre de fichero.',
  'the name {name} has a backslash, which parts folders on some systems only.':
    'el nombre {name} tiene una barra invertida, que solo separa carpetas en algunos sistemas.',
  'the name {name} begins at the root of a disk.':
    'el nombre {name} empieza en la raíz de un disco.',
  'the name {name} leads out of the folder.': 'el nombre {name} lleva fuera de la carpeta.',
  'the name {name} is too long or too deep.':
    'el nombre {name} es demasiado largo o tiene demasiadas carpetas.',
  'the name {name} is in it twice.': 'el nombre {name} está dos veces.',
  'the names {first} and {second} are one and the same on some systems.':
    'los nombres {first} y {second} son el mismo en algunos sistemas.',
  'it holds more than {limit} files.': 'tiene más de {limit} ficheros.',
  'unpacked it is larger than {limit} MiB.': 'descomprimido ocupa más de {limit} MiB.',
  'it is no whole tar archive: {said}.': 'no es un archivo tar entero: {said}.',
  'it is an archive within an archive.': 'es un archivo comprimido dentro de otro.',
  '{name} is a link or a device, and no file.':
    '{name} es un enlace o un dispositivo, y no un fichero.',
  'it is no whole zip archive: {said}.': 'no es un archivo zip entero: {said}.',
  'it is locked with a password ({name}).': 'está protegido con contraseña ({name}).',
  'it is neither a folder nor an archive that can be read: {kinds} can.':
    'no es ni una carpeta ni un archivo que se pueda leer: se pueden leer {kinds}.',
  'the archive is larger than {limit} MiB.': 'el archivo ocupa más de {limit} MiB.',
  'the repository has no commit {commit}.': 'el repositorio no tiene ningún commit {commit}.',
  'the history of the repository ends at {commit}, which is not there.':
    'la historia del repositorio acaba en {commit}, que no está.',
  'the repository is larger than {limit} MiB; clone it, and name the folder instead.':
    'el repositorio ocupa más de {limit} MiB; clónalo e indica la carpeta.',
  '{from} leads to {to}, another host: nothing was asked there.':
    '{from} lleva a {to}, que es otro servidor: allí no se ha pedido nada.',
  '{host} leads from one address to another without end.':
    '{host} lleva de una dirección a otra sin fin.',
  '{host} shows no such repository to us ({status}): it is private, or its address is wrong.':
    '{host} no nos muestra este repositorio ({status}): es privado, o la dirección no es correcta.',
  '{host} answered {status}, and no repository.':
    '{host} ha respondido {status}, y ningún repositorio.',
  '{host} did not send the repository within {s} s.':
    '{host} no ha enviado el repositorio en {s} s.',
  '{host} cannot be reached ({code}).': 'No se puede llegar a {host} ({code}).',
  'what {host} answered is no repository that can be read ({said}).':
    'lo que ha respondido {host} no es ningún repositorio que se pueda leer ({said}).',
  'the repository holds a file of more than {limit} MiB.':
    'el repositorio tiene un fichero de más de {limit} MiB.',
  'the name {name} is Git’s own.': 'el nombre {name} es del propio Git.',
  'Links and submodules are left out: {names}.':
    'Los enlaces y los submódulos quedan fuera: {names}.',
  'Kept in Git LFS, and not fetched: {names}.': 'Guardado en Git LFS, y no descargado: {names}.',
  'They cannot be read, and are left out: {names}.': 'No se pueden leer, y quedan fuera: {names}.',
  'there is no job file in it, only archives: {names}.':
    'no hay ningún fichero de job, solo archivos comprimidos: {names}.',
  'the repository is not whole: an object of the commit is not there.':
    'el repositorio no está entero: falta un objeto del commit.',
  'The archive that was handed in is empty.': 'El archivo que se entregó está vacío.',
  'What was fetched at {at} is graded.': 'Se corrige lo que se descargó el {at}.',
  'The repository is empty.': 'El repositorio está vacío.',
  'the repository has no default branch.': 'el repositorio no tiene rama por defecto.',
  'The repository has no commit by the deadline, {deadline}: its first one is of {first}.':
    'El repositorio no tiene ningún commit dentro del plazo, {deadline}: el primero es del {first}.',
  'Graded is the last commit by the deadline, {commit}; commits have the time of the student’s own machine, which can be set at will.':
    'Se corrige el último commit dentro del plazo, {commit}; los commits llevan la hora de la máquina del estudiante, que se puede poner como se quiera.',
  '{later, plural, one {# later commit is} other {# later commits are}} left out.':
    '{later, plural, one {# commit posterior queda} other {# commits posteriores quedan}} fuera.',
  'Earlier versions of its files cannot be read ({why}): they are not looked at.':
    'Las versiones anteriores de los ficheros no se pueden leer ({why}): no se miran.',
  'The time is the roster’s.': 'La hora es la de la lista.',
  'The time is that of the newest file, which whoever wrote or copied it can set.':
    'La hora es la del fichero más nuevo, y la puede cambiar quien lo escribe o lo copia.',
  'The time is that of the student’s own machine, which can be set at will.':
    'La hora es la de la máquina del estudiante, que se puede poner como se quiera.',
  'It came at {at}, and the deadline was {deadline}. It is graded; what that costs is yours to say, in {file}.':
    'Llegó el {at}, y el plazo era el {deadline}. Se corrige igualmente; qué cuesta lo decides tú, en {file}.',
  'it is no address.': 'no es ninguna dirección.',
  'nothing is fetched over {scheme}: give the address that begins with {https}, or clone it and name the folder.':
    'no se descarga nada por {scheme}: pon la dirección que empieza por {https}, o clónalo e indica la carpeta.',
  'Nothing was handed in.': 'No se entregó nada.',
  'it cannot be read: {said}': 'no se puede leer: {said}',
  'it is not there; if nothing was handed in, leave its cell in the roster empty.':
    'no está; si no se entregó nada, deja vacía su celda en la lista.',
  'it is neither a folder nor a file.': 'no es ni una carpeta ni un fichero.',
  'Some of it was never committed: the folder is graded as it stands.':
    'De una parte no se hizo nunca commit: la carpeta se corrige tal como está.',
  'The folder {name} is empty.': 'La carpeta {name} está vacía.',
  'this row names no student.': 'esta fila no dice ningún estudiante.',
  'the name is longer than {limit} characters.': 'el nombre tiene más de {limit} caracteres.',
  '{student} is in line {first} already.': '{student} ya está en la línea {first}.',
  '{first} and {second} could both be the hand-in of {student}: leave one.':
    '{first} y {second} podrían ser ambos la entrega de {student}: deja uno.',
  'Correct that; {page} says what a roster may hold.':
    'Corrígelo; {page} dice qué puede tener una lista.',
  'it is not a file.': 'no es un fichero.',
  'it is larger than {limit} KiB.': 'ocupa más de {limit} KiB.',
  'it has more than {limit} rows.': 'tiene más de {limit} filas.',
  'it is a workbook or an archive; save it as CSV, UTF-8.':
    'es un libro de cálculo o un archivo comprimido; guárdalo como CSV, UTF-8.',
  'it is saved as UTF-16; save it as UTF-8.': 'está guardado en UTF-16; guárdalo en UTF-8.',
  'it is not a text file.': 'no es un fichero de texto.',
  'this line is not UTF-8 (perhaps Latin-1, as Excel saves it); save the file as CSV, UTF-8.':
    'esta línea no es UTF-8 (quizá Latin-1, como guarda Excel); guarda el fichero como CSV, UTF-8.',
  'a quotation mark opens here and is never closed.':
    'aquí se abren unas comillas que no se cierran nunca.',
  'this row is longer than {limit} KiB.': 'esta fila ocupa más de {limit} KiB.',
  'a quotation mark stands in the middle of a cell: put the whole cell in quotes, and double it.':
    'hay unas comillas en medio de una celda: pon toda la celda entre comillas, y dóblalas.',
  'it is empty.': 'está vacío.',
  'it names no student.': 'no dice ningún estudiante.',
  'the columns "{first}" and "{second}" mean the same: leave one.':
    'las columnas «{first}» y «{second}» quieren decir lo mismo: deja una.',
  'no column names the students: the first line must have one called {code}.':
    'ninguna columna dice los estudiantes: la primera línea debe tener una que se llame {code}.',
  'this row has {n} cells and the first line {columns}: put a text with commas in quotes.':
    'esta fila tiene {n} celdas y la primera línea {columns}: pon entre comillas el texto que tenga comas.',
  '{at}: {who} is no student ({role}).': '{at}: {who} no es estudiante ({role}).',
  '"{text}" is no date: write it like {code}.':
    '«{text}» no es ninguna fecha: escríbela así: {code}.',
  'no column says where the hand-ins are, and there is no folder {dir}.':
    'ninguna columna dice dónde están las entregas, y no hay ninguna carpeta {dir}.',
  'Add a column called {code}, or name the folder with {flag}.':
    'Añade una columna que se llame {code}, o indica la carpeta con {flag}.',
  '{at}: {n, plural, one {one column is} other {# columns are}} not used: {names}.':
    '{at}: no se {n, plural, one {usa una columna} other {usan # columnas}}: {names}.',
  'the hand-in of {student} is loose files: download them from Moodle in folders.':
    'la entrega de {student} son ficheros sueltos: descárgalos de Moodle en carpetas.',
  '{n, plural, one {One hand-in is} other {# hand-ins are}} of nobody in the roster: {names}.':
    '{n, plural, one {Una entrega no es} other {# entregas no son}} de nadie de la lista: {names}.',
  'And {left} more such rows.': 'Y {left} filas más así.',
  // ── Beside the ten: suites 00 and 04, items of one’s own
  'Nomad on {vm} has no bridge network': 'el Nomad de {vm} no tiene red bridge',
  '{name} in Consul is not put back: {why}':
    '{name} de Consul no se ha vuelto a dejar como era: {why}',
  '{name} in Consul is not put back': '{name} de Consul no se ha vuelto a dejar como era',
  '{name} in Consul is as it was before.': '{name} de Consul vuelve a ser como era.',
  '{name} in Consul was changed by somebody else meanwhile: it stays so.':
    'Otra persona ha cambiado {name} de Consul mientras tanto: se queda así.',
  '{name} changes again and again: it is not put back.':
    '{name} no deja de cambiar: no se ha vuelto a dejar como era.',
  'all members of Consul are there': 'están todos los miembros de Consul',
  "DNS gives Consul's servers": 'el DNS da los servidores de Consul',
  "Consul's own page is served": 'se sirve la página de Consul',
  '{key} was {value} before.': '{key} ya era {value}.',
  'Somebody else writes {key} just now.': 'Otra persona está escribiendo {key} ahora mismo.',
  '{key} is written': 'se ha escrito {key}',
  'every agent reads {key}': 'cada agente lee {key}',
  '{key} is as it was': '{key} es como era',
  'the mesh is available': 'hay malla de servicios',
  'every service and its sidecar pass in Consul': 'cada servicio y su sidecar pasan en Consul',
  'the intention is as it was': 'la intención es como era',
  "the dashboard's count is heard": 'se oye la cuenta del dashboard',
  'There is no suite {path}.': 'No hay ninguna suite {path}.',
  'it has no item {id}': 'no tiene ningún apartado {id}',
  'it exports no {name}': 'no exporta ningún {name}',
  '{id} is no number from 05.1 to 09.9': '{id} no es un número de 05.1 a 09.9',
  'the row {id} is wrong at {where}: {why}': 'la fila {id} es incorrecta en {where}: {why}',
  'no item {id} is written there': 'no hay escrito ningún apartado {id}',
  '{path} is no suite: {why}.': '{path} no es ninguna suite: {why}.',
  'See {doc}.': 'Mira {doc}.',
  '{path} is in the folder that is graded, and nothing there configures the grader.':
    '{path} está en la carpeta que se corrige, y nada de allí configura el corrector.',
  'also suites 00 and 04, which are in no mark':
    'también las suites 00 y 04, que no están en ninguna nota',
  'also items of your own, which are in no mark':
    'también apartados tuyos, que no están en ninguna nota',
  'It would need: {code}': 'Haría falta: {code}',
  'the embedded lab simulates no sidecars': 'el laboratorio incluido no simula sidecars',
  'Consul Connect is off on {vm}': 'Consul Connect está desactivado en {vm}',
  "Consul's gRPC port is closed on {vm}": 'el puerto gRPC de Consul está cerrado en {vm}',
  '{vm} has no CNI plugin {missing}': '{vm} no tiene el complemento CNI {missing}',
  '{vm} has not got {missing}, and reaches no registry':
    '{vm} no tiene {missing}, y no llega a ningún registro',
  '{vm} ({address}) is no living member of Consul.':
    '{vm} ({address}) no es ningún miembro vivo de Consul.',
  'See {code}, and the Consul agent of that VM.':
    'Mira {code} y el agente de Consul de esa máquina virtual.',
  '{vm} is {have} in Consul, and {want} on the sheet.':
    '{vm} es {have} en Consul, y {want} en el enunciado.',
  'The key {name} is {have} at {vm}; it should be {want}.':
    'La clave {name} es {have} en {vm}; debería ser {want}.',
  '{name} resolved to {have}; the servers are at {want}.':
    '{name} se ha resuelto a {have}; los servidores están en {want}.',
  "{where} is not Consul's page: {error}.": '{where} no es la página de Consul: {error}.',
  'On the server, set {code} in {file}, and restart {service}.':
    'En el servidor, pon {code} en {file}, y reinicia {service}.',
  'Not available here: {sentence}.': 'No disponible aquí: {sentence}.',
  'Of {want} instances of {service} that Consul lists, {have} pass.':
    'De {want} instancias de {service} que lista Consul, pasan {have}.',
  'See {code}: the sidecar waits for Envoy and for Consul on port 8502.':
    'Mira {code}: el sidecar espera a Envoy y a Consul en el puerto 8502.',
  'The service {service} has no sidecar: Nomad started none.':
    'El servicio {service} no tiene sidecar: Nomad no ha arrancado ninguno.',
  'Write {code} into the service block.': 'Escribe {code} en el bloque service.',
  'The dashboard at {where} does not count ({have}): {text}.':
    'El dashboard de {where} no cuenta ({have}): {text}.',
  'See the upstream of the dashboard, and {code}.': 'Mira el upstream del dashboard y {code}.',
  'The dashboard at {where} still counted ({have}) while an intention denied it.':
    'El dashboard de {where} seguía contando ({have}) mientras una intención se lo denegaba.',
  'The intention is not as it was before.': 'La intención no es como era antes.',
  'consul members shows the server and every VM':
    'consul members muestra el servidor y cada máquina virtual',
  'all members are alive, as on the sheet': 'todos los miembros están vivos, como en el enunciado',
  'a value is kept in KV': 'se guarda un valor en KV',
  'the value is written': 'se escribe el valor',
  'every agent reads it': 'cada agente lo lee',
  'what was there before is put back': 'se vuelve a dejar lo que había',
  'DNS finds the servers of Consul': 'el DNS encuentra los servidores de Consul',
  'DNS gives exactly the servers': 'el DNS da exactamente los servidores',
  "Consul's page opens in the browser": 'la página de Consul se abre en el navegador',
  'the page is served': 'se sirve la página',
  'countdash runs in the mesh': 'countdash se ejecuta en la malla',
  'this cluster has what a mesh needs': 'este clúster tiene lo necesario para una malla',
  'four services of Consul, all passing': 'cuatro servicios en Consul, todos pasando',
  'the dashboard counts through the mesh': 'el dashboard cuenta a través de la malla',
  'the dashboard reaches its API': 'el dashboard llega a su API',
  'an intention cuts it, and its end heals it': 'una intención lo corta, y al quitarla vuelve a ir',
  'denied, the dashboard reaches nothing': 'denegado, el dashboard no llega a nada',
  'without the intention it counts again': 'sin la intención vuelve a contar',
  'Beside the mark': 'Aparte de la nota',
  'These items are in no mark.': 'Estos apartados no están en ninguna nota.',
  // ── Bug reports, and npm
  'Set {to} in the network block to the port on which its image listens, and name that port in {ports} in config.':
    'Pon en {to}, en el bloque network, el puerto en que escucha su imagen, y nombra ese puerto en {ports} dentro de config.',
  'npm kept {flags} for itself: write {code} (in PowerShell with the quotes).':
    'npm se ha quedado {flags}: escribe {code} (en PowerShell, con las comillas).',
  'write what a bug report may hold, and show it; nothing is sent':
    'escribe lo que puede llevar un informe de error, y lo muestra; no se envía nada',
  "a run's folder: its verdicts, causes and timings":
    'la carpeta de una ejecución: sus veredictos, causas y tiempos',
  'the cluster file: which kinds of things it asks for':
    'el archivo de cluster: qué clase de cosas pide',
  'write it there': 'escríbelo allí',
  'There is no {path}.': 'No hay {path}.',
  'This is all that {path} holds. Read it, then send it yourself: nothing was sent.':
    'Esto es todo lo que hay en {path}. Léelo y envíalo tú: no se ha enviado nada.',
  // ── Following by hand (grade check --live)
  '{vm} is off for Consul, and Nomad still has not missed it. Is the whole VM off? After a restart of the server it may take 300 s once.':
    'Para Consul {vm} está parada, y Nomad todavía no la echa en falta. ¿Está parada toda la máquina virtual? Tras reiniciar el servidor puede tardar 300 s, una sola vez.',
  '{path} is a self-report: it is never a grade by itself.':
    '{path} es un autoinforme: por sí solo nunca es una nota.',
  'The update has not ended yet: stop no VM before {code} says {word}.':
    'La actualización aún no ha acabado: no pares ninguna máquina virtual hasta que {code} diga {word}.',
  'VMs were stopped before it had: start them again, and wait until it has.':
    'Se han parado máquinas virtuales antes de que acabara: vuelve a encenderlas y espera a que acabe.',
  'follow what you do by hand on the cluster, and only watch':
    'sigue lo que haces a mano en el cluster, y solo mira',
  'with {flag}: end after so many minutes': 'con {flag}: acaba al cabo de esos minutos',
  'with {flag}: where the page to hand in goes': 'con {flag}: dónde va la página para entregar',
  'see whether a self-report is as it was written':
    'mira si un autoinforme está tal como se escribió',
  'Following what you do on the cluster at {server} ({clients}). It only watches; it is no grade. Ctrl-C ends it.':
    'Se sigue lo que haces en el cluster de {server} ({clients}). Solo mira; no es ninguna nota. Ctrl-C lo acaba.',
  'by the student with a program that watched; never a grade by itself.':
    'por el estudiante, con un programa que miraba; por sí solo nunca es una nota.',
  'Register one nginx: {code}.': 'Registra un nginx: {code}.',
  'Register one apache: {code}.': 'Registra un apache: {code}.',
  'Write {code} into the file of nginx and register it again.':
    'Escribe {code} en el fichero de nginx y vuelve a registrarlo.',
  '{item} begins with three fit client VMs, and {fit, plural, one {# is} other {# are}} fit now.':
    '{item} empieza con tres máquinas virtuales cliente a punto, y ahora hay {fit, plural, one {#} other {#}}.',
  'Start {vms} again, and wait until it is ready: {item} begins with its VMs back.':
    'Vuelve a encender {vms} y espera a que esté a punto: {item} empieza con todas las máquinas virtuales.',
  'Stop {vm}, where nginx runs.': 'Para {vm}, donde se ejecuta nginx.',
  'Stop two of the VMs where nginx runs: {vms}.':
    'Para dos de las máquinas virtuales donde se ejecuta nginx: {vms}.',
  'Stop one more of them: {vms}.': 'Para una más: {vms}.',
  'Start all but two of them again: {vms} are off.':
    'Vuelve a encenderlas todas menos dos: {vms} están paradas.',
  'Start one of {vms} again: it then gets one nginx more, which shows that the port was what Nomad waited for.':
    'Vuelve a encender una de {vms}: entonces habrá un nginx más, y así se ve que Nomad esperaba el puerto.',
  '{vm} is coming back.': '{vm} está volviendo.',
  'Purge nginx ({purge}), and register one apache ({run}).':
    'Elimina nginx ({purge}) y registra un apache ({run}).',
  '{vm} is off, and Nomad has not missed it yet: it does when the last heartbeat has run out (up to 20 s) and its grace too (10 s by default), so after 10 to 30 s.':
    '{vm} está parada y Nomad todavía no la ha echado en falta: lo hace cuando se agota el último latido (hasta 20 s) y también la prórroga (10 s por defecto), es decir, al cabo de 10 a 30 s.',
  'Nomad has missed {vm} ({nomad}); Consul still says {consul}.':
    'Nomad ya echa en falta {vm} ({nomad}); Consul todavía dice {consul}.',
  'All of it is seen: it must stay so for {seconds} s more.':
    'Ya se ve todo: se debe mantener así {seconds} s más.',
  '{vm} was off: Nomad said {nomad}, Consul {consul}.':
    '{vm} estaba parada: Nomad decía {nomad}, Consul {consul}.',
  '{service} ({id}) runs on {vm} at {where} and answers {answer}.':
    '{service} ({id}) se ejecuta en {vm}, en {where}, y responde {answer}.',
  'DNS gives {addresses} for {name}.': 'El DNS da {addresses} para {name}.',
  'Consul agents asked: {vms}.': 'Agentes de Consul consultados: {vms}.',
  'Whether it was opened in a browser cannot be seen from here.':
    'Desde aquí no se puede ver si se ha abierto con un navegador.',
  'The agents were asked here: what you typed yourself cannot be seen.':
    'Los agentes se han consultado desde aquí: lo que has escrito tú no se puede ver.',
  '{vm} came back before {item} was seen: stop it again, and wait for the tick.':
    '{vm} ha vuelto antes de que se haya visto {item}: vuelve a pararla y espera la marca.',
  '{vm} came back before Nomad had missed it, so nothing was replaced: stop it again and wait 10 to 30 s.':
    '{vm} ha vuelto antes de que Nomad la echara en falta, y por eso no se ha sustituido nada: vuelve a pararla y espera de 10 a 30 s.',
  '{vm} is off besides, and {item} stops only {enough}: start it again.':
    '{vm} también está parada, y {item} solo para {enough}: vuelve a encenderla.',
  '{vm} is off, and no nginx ran there: {item} is about {vms}, where it runs. Start {vm} again.':
    '{vm} está parada y allí no había ningún nginx: {item} trata de {vms}, donde se ejecuta. Vuelve a encender {vm}.',
  '{vm} is off, and {item} begins with its VMs back: start it again.':
    '{vm} está parada, y {item} empieza con todas las máquinas virtuales: vuelve a encenderla.',
  'Besides {id} there is {others}: purge what is not for this item.':
    'Además de {id} hay {others}: elimina lo que no sea de este apartado.',
  '{id} is stopped, and not purged: {item} wants {code}.':
    '{id} está detenido, y no eliminado: {item} pide {code}.',
  'apache runs beside nginx: {item} wants nginx purged, {code}.':
    'apache se ejecuta junto a nginx: {item} pide eliminar nginx, {code}.',
  'The job is called {id}, not {usual} as on the sheet. Its name is yours; what counts is the name of its service.':
    'El job se llama {id}, y no {usual} como en el enunciado. El nombre lo eliges tú; lo que cuenta es el nombre del servicio.',
  'The server {server} does not answer: was it stopped? Nothing is seen until it is back, and no item stops it. {why}':
    'El servidor {server} no responde: ¿lo has parado? No se ve nada hasta que vuelva, y ningún apartado lo para. {why}',
  'It answers on {address} only, and here nobody logs in to ask it there.':
    'Solo responde en {address}, y aquí nadie entra para preguntárselo.',
  'Seen: {items}.': 'Visto: {items}.',
  'Not seen: {items}.': 'No visto: {items}.',
  'To hand in: {path}, with the files beside it.':
    'Para entregar: {path}, con los ficheros de al lado.',
  '{seen} of {all} items were seen': 'Se han visto {seen} de {all} apartados',
  'Followed by {code} from {from} to {to}, on the cluster at {server}.':
    'Seguido por {code} del {from} al {to}, en el cluster de {server}.',
  seen: 'visto',
  'not seen': 'no visto',
  'Told while it was done': 'Dicho mientras se hacía',
  'What was seen to change': 'Qué se ha visto cambiar',
  'Each line of {file} carries the checksum of the one before it: {code} says whether one was changed. Who has the program can write all of it anew.':
    'Cada línea de {file} lleva la suma de control de la anterior: {code} dice si se ha cambiado alguna. Quien tiene el programa puede volver a escribirlo todo.',
  'The evidence is not the file that the report was made of.':
    'La evidencia no es el fichero con que se hizo el informe.',
  'Line {line} of the evidence was changed, or what is before it.':
    'La línea {line} de la evidencia se ha cambiado, o bien lo que tiene delante.',
  'The evidence does not show what the report says was seen: {items}.':
    'La evidencia no muestra lo que el informe dice que se ha visto: {items}.',
  'The report and its evidence are as they were written.':
    'El informe y su evidencia están tal como se escribieron.',
  'A self-report is never a grade by itself.': 'Un autoinforme por sí solo nunca es una nota.',
  '{path} is no self-report with its evidence beside it: {why}':
    '{path} no es un autoinforme con su evidencia al lado: {why}',
}
