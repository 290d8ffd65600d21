export declare function toHalves(data: ArrayLike<number>): Uint16Array;
export declare function throughHalf(value: number): number;
