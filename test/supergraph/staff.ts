import { AGENTS } from '../../src/emulator/content/words/agents.ts'
import { type Neighbour, startNeighbour } from './neighbour.ts'

interface StaffMember {
  readonly employeeNumber: string
  readonly department: string
  readonly agent: { readonly servicerId: string } | null
}

const DEPARTMENTS = ['远程支持部', '现场服务部', '实施部']

/** An agent who left the company. */
const FORMER_AGENT = 215

/** A manager, who supports nobody, and then the emulator's agents. */
const STAFF: readonly StaffMember[] = [
  { employeeNumber: 'E100', department: '客户服务中心', agent: null },
  ...AGENTS.filter(({ id }) => id !== FORMER_AGENT).map(({ id }) => ({
    employeeNumber: `E${id}`,
    department: DEPARTMENTS[id % DEPARTMENTS.length] ?? '',
    agent: { servicerId: String(id) },
  })),
]

/** An example of a staff directory (员工目录): who the emulator's agents are in the company. */
export const startStaff = (): Promise<Neighbour> =>
  startNeighbour('staff', {
    Query: {
      staffMembers: () => STAFF,
    },
    Agent: {
      __resolveReference: ({ servicerId }: { servicerId: string }) => ({ servicerId }),
      staffMember: ({ servicerId }: { servicerId: string }) =>
        STAFF.find(({ agent }) => agent?.servicerId === servicerId),
    },
    StaffMember: {
      __resolveReference: ({ employeeNumber }: StaffMember) =>
        STAFF.find(each => each.employeeNumber === employeeNumber),
    },
  })
