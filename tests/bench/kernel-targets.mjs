export const kernelTargets = () => [];
