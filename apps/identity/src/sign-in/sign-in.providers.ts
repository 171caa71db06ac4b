import { OwnPassword } from '../confirm-password/own-password.js';
import { SignInChallengeStore } from '../persistence/sign-in-challenges.repository.js';
import { Credentials } from './credentials.js';
import { Entrance } from './entrance.js';
import { SecondStep } from './second-step.js';
import { SignInChallenges } from './sign-in-challenges.js';

/** Both steps of signing in, and the door behind them. */
export const signInParts = [SignInChallengeStore, SignInChallenges, OwnPassword, Credentials, SecondStep, Entrance];
