import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import { Answers } from '#messaging';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { userView } from '../views/user-view.js';

const describedUser = ({ _id, email, name, status, email_verified_at }: User) => ({
  user_id: _id,
  email,
  name,
  status,
  email_verified: email_verified_at !== undefined,
});

@Controller()
export class DescribeUsersController {
  constructor(private readonly users: Users) {}

  @Answers(questions.describeUsers)
  async describe({ user_ids }: { user_ids: string[] }) {
    const users = await this.users.describe(user_ids);
    return { users: users.map(describedUser) };
  }

  @Answers(questions.userProfile)
  async profile({ user_id }: { user_id: string }) {
    const user = await this.users.find(user_id);
    if (user === null) throw userNotFound();
    return userView(user);
  }
}
