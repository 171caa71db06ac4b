import { Injectable } from '@nestjs/common';
import { questions, type AnswerOf } from '#contracts';
import { Questions } from '#messaging';

export type Person = AnswerOf<typeof questions.describeUsers>['users'][number];

/** As many as identity describes in one answer. */
const USERS_A_QUESTION = 500;

/** Who users are: identity knows. */
@Injectable()
export class People {
  constructor(private readonly questions: Questions) {}

  /** Those that exist, by id. @throws Problem 503 when identity does not answer */
  async byId(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const people = new Map<string, Person>();
    const wanted = [...new Set(userIds)];
    for (let start = 0; start < wanted.length; start += USERS_A_QUESTION) {
      const user_ids = wanted.slice(start, start + USERS_A_QUESTION);
      const { users } = await this.questions.ask(questions.describeUsers, { user_ids });
      for (const user of users) people.set(user.user_id, user);
    }
    return people;
  }
}

/** What to call somebody; never empty. */
export const nameOf = (person: Person | undefined): string => person?.name || person?.email || 'A team member';
