export declare function builtIn(): string[];
