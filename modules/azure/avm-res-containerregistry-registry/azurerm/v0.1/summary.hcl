versions  = ">= 0.1.0, < 0.8.0"
providers = ["azurerm", "azapi"]
complete  = ["azurerm_container_registry", "azurerm_role_assignment", "azurerm_pim_active_role_assignment", "azurerm_user_assigned_identity", "azurerm_federated_identity_credential", "azurerm_kubernetes_cluster"]
