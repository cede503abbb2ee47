import { describe, expect, it, test } from 'vitest'
import { type CloudZeroErrorCode, errorReply, successReply } from './cloudzero-response'

describe('errorReply', () => {
  test.each<[CloudZeroErrorCode, number]>([
    ['invalid_request', 400],
    ['unprocessable', 400],
    ['not_found', 400],
    ['unauthorized', 403],
    ['forbidden', 403],
    ['too_large', 413],
    ['too_many_requests', 429],
    ['unavailable', 503],
    ['internal', 500],
  ])('%s is %i and has words', (code, status) => {
    const reply = errorReply({ code })
    expect(reply.status).toBe(status)
    expect(reply.body.error).toEqual({ message: expect.stringMatching(/\w+ \w+/), type: code, errors: [] })
  })

  it('says the first offence in the message, and all of them in the list', () => {
    const errors = [
      { index: 3, field: 'value', reason: 'value must be greater than 0: received -1', line: 5 },
      { index: 4, field: 'value', reason: 'value is required' },
    ]
    const { body } = errorReply({ code: 'invalid_request', errors })
    expect(body.error.message).toBe('record 3, value: value must be greater than 0: received -1 (and 1 more)')
    expect(body.error.errors[0]).toEqual({ index: 3, field: 'value', reason: errors[0]?.reason })
    const request = [{ index: -1, field: 'records', reason: 'records must hold at least one record' }]
    expect(errorReply({ code: 'invalid_request', errors: request }).body.error.message).toMatch(/^records: records/)
  })

  it('never shows the message of an internal error', () => {
    const { body } = errorReply({ code: 'internal', message: 'password is hunter2' })
    expect(body.error.message).toBe('internal error')
  })

  it('says when to come back', () => {
    const reply = errorReply({ code: 'too_many_requests', retryAfterSeconds: 0.2 })
    expect(reply.headers).toEqual({ 'Retry-After': '1' })
  })
})

describe('successReply', () => {
  test.each([
    ['sum', 'allocation', 200],
    ['replace', 'allocation', 200],
    ['delete', 'allocation', 201],
    ['delete', 'metric', 200],
  ] as const)('%s of %s telemetry is %i', (operation, kind, status) => {
    const reply = successReply({ operation, kind, records: 2, batchId: 7 })
    expect(reply).toEqual({
      status,
      headers: {},
      body: { message: `2 records accepted (${operation})`, records: 2, batch_id: 7 },
    })
  })
})
