import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: 'src/*.graphql',
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        // Prints persisted-documents.json for the gateway; the app itself holds the ids alone.
        persistedDocuments: { mode: 'replaceDocumentWithHash' },
      },
      config: {
        documentMode: 'string',
        enumType: 'const',
        useTypeImports: true,
        importExtension: '.ts',
        // A scalar that is new in the schema stops the build until it has a type here.
        strictScalars: true,
        scalars: {
          Date: '../src/scalars.ts#Day',
          DateTime: '../src/scalars.ts#Instant',
          Decimal: '../src/scalars.ts#Decimal',
          URL: '../src/scalars.ts#WebAddress',
        },
      },
    },
  },
}

export default config
