/** What the shell shows of whoever is signed in. */
export interface Person {
  name: string;
  email: string;
  role: "admin" | "member";
}
