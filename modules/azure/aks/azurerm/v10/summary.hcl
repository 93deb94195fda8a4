versions  = ">= 10.0.0, < 12.0.0"
providers = ["azurerm", "azapi"]
complete  = ["azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool", "azurerm_role_assignment", "azurerm_pim_active_role_assignment", "azurerm_user_assigned_identity", "azurerm_federated_identity_credential", "azurerm_container_registry"]
