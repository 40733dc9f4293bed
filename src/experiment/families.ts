/** The families of models, by their ids in `families/index.ts`. */
export const familyIds = ['gaussian'] as const;

export type FamilyId = (typeof familyIds)[number];
