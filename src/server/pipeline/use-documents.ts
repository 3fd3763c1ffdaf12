import { type DocumentNode, type ParseOptions, parse, type Source } from 'graphql'
import type { DocumentMemory } from '../documents/document-memory.ts'
import { errorsIn } from '../documents/document-rules.ts'
import type { ServerPlugin } from './operation-context.ts'

/** What a client writes by hand or generates has far fewer. Trusted documents may have more. */
const MAX_TOKENS = 1000

/** Parses and validates documents, except those that are known to be valid. Keeps no refused one. */
export function useDocuments(memory: DocumentMemory): ServerPlugin {
  const valid = new WeakSet<DocumentNode>()
  return {
    onParse({ params: { source }, setParsedDocument, setParseFn }) {
      const known = memory.get(String(source))
      if (!known) return setParseFn(parseBounded)
      valid.add(known)
      setParsedDocument(known)
    },
    onValidate({ params: { documentAST }, setResult, setValidationFn }) {
      if (valid.has(documentAST)) return setResult([])
      setValidationFn(errorsIn)
      return ({ valid: isValid }) => {
        const text = documentAST.loc?.source.body
        if (isValid && text !== undefined) memory.keep(text, documentAST)
      }
    },
  }
}

const parseBounded = (source: string | Source, options?: ParseOptions) =>
  parse(source, { ...options, maxTokens: MAX_TOKENS })
