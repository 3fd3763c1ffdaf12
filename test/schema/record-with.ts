import { startGateway } from '../gateway.ts'

/** What the graph gives of a record that the upstream lists with these fields. */
export async function recordWith(fields: Readonly<Record<string, unknown>>, selection: string) {
  await using gateway = await startGateway({ recordCount: 0 })
  gateway.emulator.insertRecord({ fields })
  const { data, failures } = await gateway.ask(`{ remoteRecords { nodes { ${selection} } } }`)
  if (failures.length > 0) throw new Error(failures.join())
  return data.remoteRecords.nodes[0]
}
