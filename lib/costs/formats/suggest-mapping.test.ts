import { describe, expect, it } from 'vitest'
import { suggestDecimalMark, suggestMapping, suggestTimeFormat } from './suggest-mapping'

describe('a suggested mapping', () => {
  it('finds the columns by name and by what they hold', () => {
    const header = [
      'Usage Date',
      'Service Name',
      'Total Cost (USD)',
      'List Cost',
      'Account ID',
      'tag:team',
      'Currency',
      'Remark',
    ]
    const rows = [
      ['09/30/2024', 'RDS', '$1,234.50', '2,000.00', '1', 'a', 'USD', 'x'],
      ['09/01/2024', 'EC2', '($5.00)', '5.00', '2', 'b', 'USD', ''],
    ]
    expect(suggestMapping(header, rows)).toEqual({
      cost: 'Total Cost (USD)',
      list_cost: 'List Cost',
      period_start: 'Usage Date',
      time_format: 'MM/DD/YYYY',
      granularity: 'day',
      service: 'Service Name',
      account: 'Account ID',
      currency: { column: 'Currency' },
      tags: { columns: [{ column: 'tag:team', key: 'team' }] },
      decimal_mark: '.',
    })
  })

  it('reads a continental table', () => {
    const suggested = suggestMapping(
      ['Monat', 'Dienst', 'Betrag', 'Labels'],
      [['202409', 'DB', '1.234,50 €', '{"a":"b"}']],
    )
    expect(suggested).toMatchObject({
      cost: 'Betrag',
      period_start: 'Monat',
      time_format: 'YYYYMM',
      granularity: 'month',
      currency: { code: 'EUR' },
      decimal_mark: ',',
      tags: { json: 'Labels' },
    })
  })

  it('goes by most of the rows: blanks, dashes and a total at the end do not hide a column', () => {
    const header = ['Datum', 'Dienst', 'Betrag', 'Währung', 'Tags']
    const rows = [
      ['05.09.2024', 'DB', '1.234,50 €', 'EUR', '{"a":"b"}'],
      ['06.09.2024', 'DB', '', 'EUR', ''],
      ['07.09.2024', '', '-', 'EUR', '{}'],
      ['08.09.2024', 'VM', '12,25 €', '', '{"a":"c"}'],
      ['Summe', '', '1.246,75 €', '', 'none'],
    ]
    expect(suggestMapping(header, rows)).toMatchObject({
      cost: 'Betrag',
      period_start: 'Datum',
      time_format: 'DD.MM.YYYY',
      granularity: 'day',
      currency: { column: 'Währung' },
      tags: { json: 'Tags' },
      decimal_mark: ',',
    })
    const signs = suggestMapping(header.slice(0, 3), [...rows, ['Total', '', 'see, page 2']])
    expect(signs).toMatchObject({ cost: 'Betrag', currency: { code: 'EUR' }, decimal_mark: ',' })
    expect(
      suggestMapping(
        ['Date', 'Cost', 'Amount'],
        [
          ['2024-09-05', 'low', '1'],
          ['Total', 'n/a', '2'],
        ],
      ),
    ).toMatchObject({
      cost: 'Amount',
      period_start: '',
    })
  })

  it('leaves cost and period empty where nothing looks like them', () => {
    expect(suggestMapping(['a', 'Cost'], [['1', 'high']])).toMatchObject({ cost: '', period_start: '' })
    expect(suggestMapping([], [])).toMatchObject({ cost: '', period_start: '' })
  })

  it.each([
    [['2024-09-05', '2024-09-05T10:00:00Z'], 'iso'],
    [['01/02/2024', '13/02/2024'], 'DD/MM/YYYY'],
    [['01/02/2024'], 'MM/DD/YYYY'],
    [['1.2.2024'], 'DD.MM.YYYY'],
    [['20240905'], 'YYYYMMDD'],
    [['1725494400'], 'epoch_seconds'],
    [['2024-09'], 'YYYYMM'],
    [['2024-09-05', '2024-09-06', 'Total'], 'iso'],
    [['13/02/2024', '01/03/2024', 'Sum'], 'DD/MM/YYYY'],
    [['2024-09-05', 'soon'], null],
    [['soon'], null],
    [[], null],
  ])('tells the form of %j', (values, format) => {
    expect(suggestTimeFormat(values)).toBe(format)
  })

  it.each([
    [['1.5', '2'], '.'],
    [['1,234.50'], '.'],
    [['1,234'], '.'],
    [['1,5'], ','],
    [['1.234,50'], ','],
    [['1.234,567'], ','],
    [['12,50 €'], ','],
  ])('tells the mark of %j', (values, mark) => {
    expect(suggestDecimalMark(values)).toBe(mark)
  })
})
