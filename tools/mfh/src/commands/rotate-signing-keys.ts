import { questions } from '#contracts';
import { withQuestions } from '../broker.js';
import { say, type Command } from '../command.js';

export const rotateSigningKeys: Command = {
  words: 'rotate-signing-keys',
  usage: '',
  summary: 'Signs access tokens by the announced key from now on and announces another; nobody is signed out.',
  run: async () => {
    const { signing_kid, published_kids } = await withQuestions((ask) => ask.ask(questions.rotateSigningKeys, {}));
    say(`signs     ${signing_kid}`);
    say(`published ${published_kids.join(' ')}`);
  },
};
