import SchemaBuilder from '@pothos/core'
import DirectivesPlugin from '@pothos/plugin-directives'
import FederationPlugin from '@pothos/plugin-federation'
import RelayPlugin from '@pothos/plugin-relay'
import type { Scope } from './access/scopes.ts'
import type { Context } from './context.ts'

export interface SchemaTypes {
  Context: Context
  FederationScopes: Scope
  Scalars: {
    ID: { Input: string; Output: string | number }
    DateTime: { Input: string; Output: string }
    Date: { Input: string; Output: string }
    Decimal: { Input: string; Output: string }
    URL: { Input: string; Output: string }
    _Any: { Input: Representation; Output: never }
  }
}

/** A reference as a router sends it: its key may be anything. */
export interface Representation extends Readonly<Record<string, unknown>> {
  readonly __typename?: unknown
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin, DirectivesPlugin, FederationPlugin],
  relay: {
    cursorType: 'String',
    // The root fields `node` and `nodes` are in node.ts, which reads ids in the form that this
    // graph gives.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: { description: 'An object that can be fetched again by its id alone.' },
    idFieldOptions: {
      description: "The object's id across the whole graph. Opaque: keep it, do not read it.",
    },
    pageInfoTypeOptions: {
      shareable: true,
      cost: 0,
      description: 'Where a page of a connection stands in its list.',
    },
    hasNextPageFieldOptions: { description: 'Whether there is more after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there is more before this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first edge: pass it as `before`.' },
    endCursorFieldOptions: { description: 'The cursor of the last edge: pass it as `after`.' },
  },
})

builder.queryType({
  description: 'Remote-assistance service records of Bangwo8 (帮我吧远程协助服务记录).',
})
