export const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on RemoteRecord { csId companyName }
    ... on Agent { servicerId }
    ... on Client { uniqueNumber }
    ... on ProblemType { level optionId }
  }
}`

export const record = (csId: unknown) => ({ __typename: 'RemoteRecord', csId })

export const option = (level: unknown, optionId: unknown) => ({
  __typename: 'ProblemType',
  level,
  optionId,
})
