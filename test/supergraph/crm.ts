import { customerOf } from '../../src/emulator/content/customer.ts'
import { type Neighbour, startNeighbour } from './neighbour.ts'

interface Company {
  readonly id: string
  readonly name: string
  readonly clients: Client[]
}

interface Client {
  readonly uniqueNumber: string
  readonly company: Company
}

interface Ticket {
  readonly id: string
  readonly subject: string
  readonly remoteRecord: { readonly csId: string }
}

/** What the emulator makes up unless it is told otherwise: its seed, and its records. */
const SEED = 1
const OLDEST_CS_ID = 1000
const NEWEST_CS_ID = 2999

/** Ticket 1 is about this record, ticket 2 about the one before, and so on. */
const LATEST_TICKETED = 2719
const TICKETS = 120

/** Ticket 0 is about a record that is there no more. */
const LOST_TICKET = ticketAbout(0, OLDEST_CS_ID - 1)

/**
 * An example of a CRM (客户关系管理): which client belongs to which company, and tickets (工单) for
 * which services were held. Its companies, clients and records are those of the emulator.
 */
export function startCrm(): Promise<Neighbour> {
  const clients = allClients()
  const companies = [...new Set([...clients.values()].map(({ company }) => company))]
  const byName = companies.toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
  const tickets = Array.from({ length: TICKETS }, (_, index) =>
    ticketAbout(index + 1, LATEST_TICKETED - index),
  )
  const ticketById = (id: string) => [LOST_TICKET, ...tickets].find(each => each.id === id)
  return startNeighbour('crm', {
    Query: {
      tickets: (_, { first }: { first: number }) => tickets.slice(0, first),
      ticket: (_, { id }: { id: string }) => ticketById(id),
      companies: () => byName,
    },
    Client: {
      __resolveReference: ({ uniqueNumber }: Client) =>
        clients.get(uniqueNumber) ?? { uniqueNumber },
    },
    Company: {
      __resolveReference: ({ id }: Company) => companies.find(each => each.id === id),
    },
    Ticket: {
      __resolveReference: ({ id }: Ticket) => ticketById(id),
    },
  })
}

function ticketAbout(number: number, csId: number): Ticket {
  return {
    id: String(number),
    subject: `远程协助:${customerOf(SEED, csId).companyName}`,
    remoteRecord: { csId: String(csId) },
  }
}

/** The clients that the emulator's records name, by their number. */
function allClients(): ReadonlyMap<string, Client> {
  const companies = new Map<string, Company>()
  const clients = new Map<string, Client>()
  for (let csId = OLDEST_CS_ID; csId <= NEWEST_CS_ID; csId++) {
    const { clientNumber, companyName, serviceCardId } = customerOf(SEED, csId)
    const uniqueNumber = String(clientNumber)
    if (clients.has(uniqueNumber)) continue
    // Each of the emulator's companies has one service card.
    const id = String(serviceCardId)
    const company = companies.get(id) ?? { id, name: companyName, clients: [] }
    const client = { uniqueNumber, company }
    companies.set(id, company)
    clients.set(uniqueNumber, client)
    company.clients.push(client)
  }
  return clients
}
