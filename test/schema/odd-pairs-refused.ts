/**
 * What is refused of two oddities together, by an error that says so: most often as it takes more calls
 * than a part of a list may take. By the names of `odd-pairs.test.ts`, and there by shape and question.
 */
export const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'at most 20 rows a page; 60 rows in a row hidden': ['ascending: last: 40'],
  '10 rows a page, whatever is asked for; 60 rows in a row hidden': [
    'descending: last: 40',
    'descending: first: 100',
  ],
  'pages turned round; 60 rows in a row hidden': [
    'descending: last: 40',
    'descending: first: 100',
    'ascending: last: 40',
    'ascending: first: 100',
  ],
  'next_page always stated, no count; 60 rows in a row hidden': ['ascending: last: 40'],
  'no count; 60 rows in a row hidden': ['ascending: last: 40'],
  'count rounded up; next_page always null': ['descending: by csId'],
  'count rounded up; no next_page': ['descending: by csId'],
  'count rounded up; 60 rows in a row hidden': ['ascending: last: 40'],
  '10 rows a page, whatever is asked for; every tenth row twice in the list': [
    'descending: last: 40',
  ],
  'pages turned round; every tenth row hidden': [
    'descending: last: 40',
    'descending: first: 100',
    'ascending: last: 40',
    'ascending: first: 100',
  ],
  'pages turned round; every tenth row twice in the list': [
    'descending: last: 40',
    'descending: first: 100',
    'ascending: last: 40',
    'ascending: first: 100',
  ],
  'next_page always stated; every tenth row hidden': ['ascending: first: 100'],
  'the last page again beyond the end; every tenth row twice in the list': [
    'descending: last: 40',
    'ascending: first: 100',
  ],
  'neither count nor next_page, at most 50 rows a page; every tenth row twice in the list': [
    'ascending: by csId',
  ],
  'count of the page, at most 50 rows a page; every tenth row twice in the list': [
    'ascending: by csId',
  ],
  'next_page always stated, no count; every tenth row hidden': ['ascending: last: 40'],
  'next_page always null; every tenth row hidden': ['ascending: first: 100'],
  'no next_page; every tenth row hidden': ['ascending: first: 100'],
  'no count; every tenth row hidden': ['ascending: last: 40'],
  'count too small by 37; every tenth row hidden': ['ascending: first: 100'],
  'the last page again beyond the end; every tenth row twice on its page': [
    'ascending: first: 100',
  ],
  'neither count nor next_page, always 20 rows a page; every tenth row twice in the list': [
    'descending: by csId',
    'ascending: first: 100',
  ],
}
