import { acceptedEncodings, wantsPage } from '../http/negotiation.ts'
import { GRAPHQL_PATH } from '../http/paths.ts'
import { methodNotAllowed, NO_ENCODING, NOT_FOUND } from '../http/refusals.ts'
import { respondRefusal } from '../http/response.ts'
import type { Page } from '../http/router.ts'
import type { StaticContent } from '../http/static-content.ts'
import { type Assets, isAssetName, loadAssets } from './assets.ts'
import { dayInChina, type PageOptions, renderPage } from './page.ts'

/** The page and its files. They are loaded at the first request for them, unless they are prepared. */
export function createGraphiql(options: PageOptions): PreparedPage {
  let loading: Promise<Assets> | undefined
  let page: { readonly day: string; readonly content: StaticContent } | undefined

  /** If loading fails, the next request tries again. */
  function load(): Promise<Assets> {
    loading ??= loadAssets().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }

  async function contentAt(path: string): Promise<StaticContent | undefined> {
    const assets = await load()
    if (path !== GRAPHQL_PATH) return assets.contents.get(assetNameIn(path))
    const day = dayInChina(0)
    if (page?.day !== day) page = { day, content: renderPage(options, assets) }
    return page.content
  }

  return {
    async prepare() {
      const { contents } = await load()
      for (const content of contents.values()) await content.prepare()
    },
    isAskedFor: (path, incoming) =>
      path === GRAPHQL_PATH ? wantsPage(incoming) : isAssetName(assetNameIn(path)),
    async answer(path, incoming, outgoing) {
      if (incoming.method !== 'GET' && incoming.method !== 'HEAD')
        return respondRefusal(outgoing, methodNotAllowed('GET, HEAD'))
      const encodings = acceptedEncodings(incoming)
      if (encodings.length === 0) return respondRefusal(outgoing, NO_ENCODING)
      const content = await contentAt(path)
      return content
        ? content.respond(incoming, outgoing, encodings)
        : respondRefusal(outgoing, NOT_FOUND)
    },
  }
}

/** A page that can be had ready before anyone asks for it. */
interface PreparedPage extends Page {
  prepare(): Promise<void>
}

/** Empty if the path is not one of an asset. */
const assetNameIn = (path: string): string =>
  path.startsWith(`${GRAPHQL_PATH}/`) ? path.slice(GRAPHQL_PATH.length + 1) : ''
