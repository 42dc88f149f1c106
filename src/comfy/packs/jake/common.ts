// Shared by the nodes of JakeUpgrade.
export const module = 'custom_nodes.comfyui-jakeupgrade';
export const jake = (title: string, category: string, about: string) =>
  ({ title, module, category: `🐉 JK/${category}`, about }) as const;
