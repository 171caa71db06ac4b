import { expect, test } from '@jest/globals';
import { takeDue } from './take-due.js';

function queue(waiting: number) {
  let [left, questions] = [waiting, 0];
  const take = () => {
    questions += 1;
    return Promise.resolve(left > 0 ? (left -= 1) : null);
  };
  return { take, questions: () => questions };
}

test.each([
  [0, [], 1],
  [2, [1, 0], 4],
  [9, [8, 7, 6, 5], 4],
])('of %d takes %j with %d questions', async (waiting, taken, questions) => {
  const due = queue(waiting);
  expect(await takeDue(due.take, 4)).toEqual(taken);
  expect(due.questions()).toBe(questions);
});
