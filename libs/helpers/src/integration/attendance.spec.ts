import { expect, test } from '@jest/globals';
import { attendanceOf, includesAddress } from './attendance.js';

const list = [
  { email: 'Ada@example.com', seconds: 1500 },
  { email: 'bob@example.com', seconds: 60 },
  { email: 'ada@example.com ', seconds: 300 },
  { email: '', seconds: 999 },
];

test('the times of one person are added up', () => {
  expect(attendanceOf('ada@example.com', list, 60)).toEqual({ percent: 50, minutes: 30 });
});

test('nobody was there longer than the webinar', () => {
  expect(attendanceOf('ada@example.com', list, 10)).toEqual({ percent: 100, minutes: 30 });
});

test('no address is nobody, and no length no percentage', () => {
  expect(attendanceOf('', list, 60)).toEqual({ percent: 0, minutes: 0 });
  expect(attendanceOf('bob@example.com', list, 0)).toEqual({ percent: 0, minutes: 1 });
});

test('addresses match in any letter case', () => {
  expect(includesAddress(['ADA@example.com'], 'ada@example.com')).toBe(true);
  expect(includesAddress([''], '')).toBe(false);
});
