import vue from '@vitejs/plugin-vue';

const compilerOptions = { isCustomElement: (tag) => tag === 'innotater-view' };
export default { plugins: [vue({ template: { compilerOptions } })] };
