import { type DocumentNode, GraphQLError, type ParseOptions, parse, type Source } from 'graphql'
import type { DocumentLimits } from '../../variables/limits.ts'
import { assertShort, tooLargeIn, tooManyTokens } from '../documents/document-limits.ts'
import type { DocumentMemory } from '../documents/document-memory.ts'
import { type DocumentRules, errorsIn } from '../documents/document-rules.ts'
import type { ServerPlugin } from './operation-context.ts'

/**
 * Parses and validates documents, except those that are known to be valid. Keeps no refused one, and
 * validates none that is too large. Trusted documents may be larger.
 */
export function useDocuments(
  memory: DocumentMemory,
  limits: DocumentLimits,
  rules: DocumentRules,
): ServerPlugin {
  const valid = new WeakSet<DocumentNode>()

  function parseBounded(source: string | Source, options?: ParseOptions): DocumentNode {
    const text = String(source)
    assertShort(text, limits)
    try {
      return parse(source, { ...options, maxTokens: limits.tokens })
    } catch (error) {
      throw (error instanceof GraphQLError && tooManyTokens(text, limits)) || error
    }
  }

  return {
    onParse({ params: { source }, setParsedDocument, setParseFn }) {
      const known = memory.get(String(source))
      if (!known) return setParseFn(parseBounded)
      valid.add(known)
      setParsedDocument(known)
    },
    onValidate({ params: { schema, documentAST }, context, setResult, setValidationFn }) {
      if (valid.has(documentAST)) return setResult([])
      const tooLarge = tooLargeIn(documentAST, limits)
      if (tooLarge.length > 0) return setResult(tooLarge)
      setValidationFn(() => context.caller.refusalsOf(errorsIn(schema, documentAST, rules)))
      return ({ valid: isValid }) => {
        const text = documentAST.loc?.source.body
        if (isValid && text !== undefined) memory.keep(text, documentAST)
      }
    },
  }
}
