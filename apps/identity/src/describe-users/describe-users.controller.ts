import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import { Answers } from '#messaging';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { userView } from '../views/user-view.js';

@Controller()
export class DescribeUsersController {
  constructor(private readonly users: Users) {}

  @Answers(questions.describeUsers)
  async describe({ user_ids }: { user_ids: string[] }) {
    const users = await this.users.describe(user_ids);
    return { users: users.map(({ _id, email, name, status }) => ({ user_id: _id, email, name, status })) };
  }

  @Answers(questions.userProfile)
  async profile({ user_id }: { user_id: string }) {
    const user = await this.users.find(user_id);
    if (user === null) throw userNotFound();
    return userView(user);
  }
}
