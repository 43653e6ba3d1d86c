import type { Binding, OpAttribute } from './binding.ts';

/** Makes attributes of TensorFlow's ops. */
export function attributesOf(binding: Binding) {
  const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_ATTR_INT } = binding;
  return {
    type: (name: string, value: number): OpAttribute => ({ name, type: TF_ATTR_TYPE, value }),
    text: (name: string, value: string): OpAttribute => ({ name, type: TF_ATTR_STRING, value }),
    flag: (name: string, value: boolean): OpAttribute => ({ name, type: TF_ATTR_BOOL, value }),
    real: (name: string, value: number): OpAttribute => ({ name, type: TF_ATTR_FLOAT, value }),
    integer: (name: string, value: number): OpAttribute => ({ name, type: TF_ATTR_INT, value }),
    integers: (name: string, value: readonly number[]): OpAttribute => ({
      ...{ name, type: TF_ATTR_INT, value: [...value] },
    }),
  };
}
