/** Who looks. */
export interface Viewer {
  id: string;
  admin: boolean;
}
