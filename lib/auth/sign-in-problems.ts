/** Why a sign-in ended back at the sign-in page, by the code in its `error` parameter; next-auth's own codes included. */
const signInProblems = {
  AccountDisabled: "Your account is switched off. An administrator can switch it on again.",
  EmailNotVerified: "Your identity provider has not verified your e-mail address.",
  NotInvited: "There is no invitation for your e-mail address. An administrator can send one.",
  CredentialsSignin: "The e-mail address or the password is wrong.",
  OAuthSignin: "The identity provider could not be reached. Try again, or sign in with a password.",
  OAuthCallback: "The identity provider's answer was not accepted. Start again from this page.",
  Callback: "Signing in failed. Start again from this page.",
  AccessDenied: "The identity provider refused the sign-in.",
  WrongHost: "Single sign-on works only at the workbench's own address, which this page now has. Try again.",
} as const;

export type SignInProblem = keyof typeof signInProblems;

/** The words for a code of the sign-in page, also for one that nobody knows. */
export function signInProblem(code: string): string {
  return Object.hasOwn(signInProblems, code)
    ? signInProblems[code as SignInProblem]
    : signInProblems.Callback;
}
