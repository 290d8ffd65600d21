type Scores = Record<string, Record<string, { n: number; score: number; low?: number; high?: number }>>;

export declare function evaluateModel(
  model: string,
  options?: { limit?: number; only?: string; onWrong?(dtype: string, row: object): void },
): Promise<Scores>;
export declare function scoreTable(scores: Scores): string;
export declare function differences(given: Scores, expected?: Scores): string[];
