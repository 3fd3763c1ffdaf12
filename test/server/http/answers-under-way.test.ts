import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { AnswersUnderWay } from '../../../src/server/http/answers-under-way.ts'

const answer = () => new ServerResponse(new IncomingMessage(new Socket()))

test('holds each answer until it is closed, whatever others are added meanwhile', () => {
  const underWay = new AnswersUnderWay()
  const [first, second, third] = [answer(), answer(), answer()]

  underWay.add(first)
  underWay.add(second)
  first.emit('close')
  underWay.add(third)

  expect(new Set(underWay.all)).toEqual(new Set([second, third]))
  second.emit('close')
  third.emit('close')
  expect(underWay.all).toEqual([])
})
