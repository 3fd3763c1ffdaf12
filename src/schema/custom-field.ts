import type { CustomFieldResource } from '../upstream/custom-field.ts'
import { IMPERSONAL, PERSONAL } from './access/personal.ts'
import { builder } from './builder.ts'

export const CustomField = builder.objectRef<CustomFieldResource>('CustomField').implement({
  shareable: true,
  cost: 0,
  description: 'One custom field (自定义字段) and what was filled in.',
  fields: t => ({
    key: t.exposeString('key', {
      extensions: IMPERSONAL,
      nullable: false,
      description: "The field's identifier, as set up in Bangwo8's back office (upstream: key).",
    }),
    value: t.exposeString('value', {
      tag: PERSONAL,
      description:
        'What was filled in (upstream: value): a text, `"1"` for a ticked checkbox (复选框), the text of the chosen option of a drop-down menu (下拉菜单).',
    }),
    attachments: t.expose('attachments', {
      type: ['URL'],
      tag: PERSONAL,
      nullable: false,
      description: 'The download addresses, if the field holds attachments (附件); else empty.',
    }),
  }),
})

/** The argument of a field that gives custom fields. */
export const customFieldsArguments = () =>
  builder.args(t => ({
    keys: t.stringList({ description: 'Only the custom fields with these keys.' }),
  }))

/** The custom fields with the keys asked for, in the upstream's order. */
export const withKeys = (
  fields: readonly CustomFieldResource[],
  keys: readonly string[] | null | undefined,
) => (keys == null ? fields : fields.filter(({ key }) => keys.includes(key)))
