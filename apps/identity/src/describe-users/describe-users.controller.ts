import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import { Answers } from '#messaging';
import { Users } from '../persistence/users.repository.js';

@Controller()
export class DescribeUsersController {
  constructor(private readonly users: Users) {}

  @Answers(questions.describeUsers)
  async describe({ user_ids }: { user_ids: string[] }) {
    const users = await this.users.describe(user_ids);
    return { users: users.map(({ _id, email, name, status }) => ({ user_id: _id, email, name, status })) };
  }
}
